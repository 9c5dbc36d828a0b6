using System.ComponentModel.DataAnnotations;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;

namespace Baton.Channels.Freshdesk;

/// <summary>Freshdesk: <c>BATON__Channels__Freshdesk__…</c>.</summary>
public sealed record FreshdeskOptions : HelpdeskOptions
{
    /// <summary>The account, such as <c>https://acme.freshdesk.com</c>. Default none: closed.</summary>
    public override Uri? Url { get; init; }

    /// <summary>API key of an agent of Baton's own.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Id of that agent: what it writes is Baton's own, and never taken in.</summary>
    [Range(0, 9_007_199_254_740_991)]
    public long AgentId { get; init; }

    /// <summary>
    /// Passwords that the webhooks of automation rules log in with, as user <c>baton</c>, separated by commas or
    /// spaces. Each is good, so that one is changed without a gap. Freshdesk signs nothing.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>Groups by queue: <c>billing=360001</c>. A queue that is not named keeps the group.</summary>
    public string Groups { get; init; } = "";

    /// <summary>
    /// Custom fields by name. Those named outcome, route, queue, priority, intent or confidence are written; all others
    /// are read, and are fields of the ticket by that name: <c>order_id=cf_order, intent=cf_intent</c>.
    /// </summary>
    public string Fields { get; init; } = "";

    /// <summary>What every tag that Baton sets begins with.</summary>
    public string TagPrefix { get; init; } = "baton";

    /// <summary>Whether the customer's ratings are read, which is one more call a read. Default yes.</summary>
    public bool ReadRatings { get; init; } = true;

    internal IReadOnlyList<string> SecretList => Words(Secrets);

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (SecretList.Any(secret => secret.Length < 16))
            yield return new ValidationResult(
                "has one of less than 16 characters: use random ones, nothing else protects the way in",
                [nameof(Secrets)]);
        if (NameMap.Problem(Groups, text => text.All(char.IsAsciiDigit), "the number of a group") is { } groups)
            yield return new ValidationResult(groups, [nameof(Groups)]);
        if (NameMap.Problem(Fields, text => text.StartsWith("cf_", StringComparison.Ordinal), "a name such as cf_order")
            is { } fields)
            yield return new ValidationResult(fields, [nameof(Fields)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(FreshdeskOptions)} {{ Url = {Url}, AgentId = {AgentId} }}";
}
