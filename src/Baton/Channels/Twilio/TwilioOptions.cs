using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Twilio;

/// <summary>SMS, WhatsApp and calls by Twilio: <c>BATON__Channels__Twilio__…</c>.</summary>
public sealed record TwilioOptions : VendorOptions
{
    private static readonly Uri Api = new("https://api.twilio.com");

    /// <summary>The account, <c>AC…</c>.</summary>
    public string AccountSid { get; init; } = "";

    /// <summary>
    /// Its auth tokens, separated by blanks while one is changed: each is good for what comes in, the first one sends.
    /// </summary>
    public string AuthTokens { get; init; } = "";

    /// <summary>Number that SMS are sent from, <c>+…</c>, or a messaging service, <c>MG…</c>. Default none.</summary>
    public string SmsFrom { get; init; } = "";

    /// <summary>Number that WhatsApp messages are sent from, <c>+…</c>, or <c>MG…</c>. Default none.</summary>
    public string WhatsAppFrom { get; init; } = "";

    /// <summary>
    /// Template with one variable, <c>HX…</c>, for answers later than 24 hours after the customer's last message.
    /// Default none: such answers are refused, and people are told.
    /// </summary>
    public string WhatsAppTemplate { get; init; } = "";

    /// <summary>
    /// How long after its last change a customer's ticket takes their next message; later ones open another. Default 3
    /// days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan SameTicket { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Where the API is. Default https://api.twilio.com.</summary>
    public override Uri? Url { get; init; } = Api;

    internal Uri Address => Url ?? Api;

    internal IReadOnlyList<string> TokenList => Words(AuthTokens);

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (AccountSid.Length > 0 && !IsSid(AccountSid, "AC"))
            yield return new ValidationResult("is no account: use AC and 32 hex digits", [nameof(AccountSid)]);
        foreach (var (name, from) in (IEnumerable<(string, string)>)
            [(nameof(SmsFrom), SmsFrom), (nameof(WhatsAppFrom), WhatsAppFrom)])
            if (from.Length > 0 && !from.StartsWith('+') && !IsSid(from, "MG"))
                yield return new ValidationResult(
                    $"'{from}' is neither a number such as +15005550006 nor a messaging service (MG…)", [name]);
        if (WhatsAppTemplate.Length > 0 && !IsSid(WhatsAppTemplate, "HX"))
            yield return new ValidationResult("is no template: use HX and 32 hex digits", [nameof(WhatsAppTemplate)]);
    }

    /// <summary>Without the tokens: options end up in logs.</summary>
    public override string ToString() =>
        $"{nameof(TwilioOptions)} {{ AccountSid = {AccountSid}, SmsFrom = {SmsFrom} }}";

    private static bool IsSid(string text, string kind) =>
        text.Length == 34 && text.StartsWith(kind, StringComparison.Ordinal) && text[2..].All(char.IsAsciiHexDigit);
}
