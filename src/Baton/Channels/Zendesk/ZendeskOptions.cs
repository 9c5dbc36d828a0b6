using System.ComponentModel.DataAnnotations;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;

namespace Baton.Channels.Zendesk;

/// <summary>Zendesk Support: <c>BATON__Channels__Zendesk__…</c>.</summary>
public sealed record ZendeskOptions : HelpdeskOptions
{
    /// <summary>The account, such as <c>https://acme.zendesk.com</c>. Default none: closed.</summary>
    public override Uri? Url { get; init; }

    /// <summary>E-mail address of the user that the token is used for.</summary>
    public string Email { get; init; } = "";

    /// <summary>API token.</summary>
    public string Token { get; init; } = "";

    /// <summary>Id of that user: what it writes is Baton's own, and never taken in.</summary>
    [Range(0, 9_007_199_254_740_991)]
    public long UserId { get; init; }

    /// <summary>
    /// Signing secrets of the webhook, separated by commas or spaces. Each is good, so that one is changed without a
    /// gap.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>How old a webhook may be, and how far clocks may differ. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Groups by queue: <c>billing=360001, shipping=360002</c>. A queue that is not named keeps the group.
    /// </summary>
    public string Groups { get; init; } = "";

    /// <summary>
    /// Custom fields by name. Those named outcome, route, queue, priority, intent or confidence are written; all others
    /// are read, and are fields of the ticket by that name: <c>order_id=360003, intent=360004</c>.
    /// </summary>
    public string Fields { get; init; } = "";

    /// <summary>What every tag that Baton sets begins with.</summary>
    public string TagPrefix { get; init; } = "baton";

    internal IReadOnlyList<string> SecretList => Words(Secrets);

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (NameMap.Problem(Groups, IsId, "the number of a group") is { } groups)
            yield return new ValidationResult(groups, [nameof(Groups)]);
        if (NameMap.Problem(Fields, IsId, "the number of a custom field") is { } fields)
            yield return new ValidationResult(fields, [nameof(Fields)]);
        if (TagPrefix.Length > 40 || TagPrefix.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
            yield return new ValidationResult(
                $"is '{TagPrefix}', use up to 40 letters, digits, _ or -", [nameof(TagPrefix)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(ZendeskOptions)} {{ Url = {Url}, UserId = {UserId} }}";

    private static bool IsId(string text) => long.TryParse(text, out var id) && id > 0;
}
