using System.ComponentModel.DataAnnotations;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;

namespace Baton.Channels.Intercom;

/// <summary>Intercom: <c>BATON__Channels__Intercom__…</c>.</summary>
public sealed record IntercomOptions : HelpdeskOptions
{
    /// <summary>
    /// The API of the region, <c>https://api.intercom.io</c>, <c>https://api.eu.intercom.io</c> or
    /// <c>https://api.au.intercom.io</c>. Default none: closed.
    /// </summary>
    public override Uri? Url { get; init; }

    /// <summary>Access token of the app.</summary>
    public string Token { get; init; } = "";

    /// <summary>Id of the teammate that Baton writes as: what it writes is Baton's own, and never taken in.</summary>
    public string AdminId { get; init; } = "";

    /// <summary>
    /// Client secrets of the app, which sign its webhooks, separated by commas or spaces. Each is good, so that one is
    /// changed without a gap.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>
    /// Teams by queue: <c>billing=5017691</c>. A queue that is not named leaves the conversation where it is.
    /// </summary>
    public string Teams { get; init; } = "";

    /// <summary>Tags by outcome: <c>escalated=123, replied=124</c>.</summary>
    public string Tags { get; init; } = "";

    /// <summary>
    /// Custom attributes by what is written into them: <c>intent=Baton intent, route=Baton route</c>.
    /// </summary>
    public string Attributes { get; init; } = "";

    /// <summary>
    /// How long a conversation is snoozed after an answer; it wakes when the customer writes. Default not.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan Snooze { get; init; }

    internal IReadOnlyList<string> SecretList => Words(Secrets);

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (NameMap.Problem(Teams, IsId, "the number of a team") is { } teams)
            yield return new ValidationResult(teams, [nameof(Teams)]);
        if (NameMap.Problem(Tags, IsId, "the number of a tag") is { } tags)
            yield return new ValidationResult(tags, [nameof(Tags)]);
        if (NameMap.Problem(Attributes, _ => true, "the name of an attribute") is { } attributes)
            yield return new ValidationResult(attributes, [nameof(Attributes)]);
        if (NameMap.Read(Attributes).Keys.Except(RecordValues.Names).FirstOrDefault() is { } unknown)
            yield return new ValidationResult(
                $"has '{unknown}', use {string.Join(", ", RecordValues.Names)} before the =", [nameof(Attributes)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(IntercomOptions)} {{ Url = {Url}, AdminId = {AdminId} }}";

    private static bool IsId(string text) => text.All(char.IsAsciiDigit);
}
