using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Recording;
using Baton.Operations.Vendors;

namespace Baton.Channels.Linear;

/// <summary>
/// Issues of Linear for what engineers have to look at (GraphQL, linear/linear packages/sdk). An issue gets an id that
/// follows from its ticket, so that a repetition meets itself. Personal data stays here: an issue has placeholders.
/// </summary>
internal sealed class LinearChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Linear__";

    private const string CreateIssue = """
        mutation($i: IssueCreateInput!) { issueCreate(input: $i) { success issue { id identifier url } } }
        """;

    private const string CreateComment = """
        mutation($i: CommentCreateInput!) { commentCreate(input: $i) { success comment { id } } }
        """;

    private const string FindIssue = "query($id: String!) { issue(id: $id) { id identifier } }";

    private const string FindComment = "query($id: String!) { comment(id: $id) { id } }";

    /// <summary>Kinds of failures that pass, in the vendor's own words.</summary>
    private static readonly string[] MayPass = ["ratelimited", "lock timeout", "internal error", "network error"];

    private readonly LinearOptions _options = channels.Linear;
    private readonly VendorCalls _calls = new(Access(channels.Linear, clock), clock);

    public string Name => "linear";

    public ChannelWays Ways => ChannelWays.Records;

    public string? Missing(ChannelWays way) =>
        _options.ApiKey.Length == 0 ? $"{Group}ApiKey is not set: give it a personal API key"
        : _options.TeamId.Length == 0 ? $"{Group}TeamId is not set: give it the id of the team that gets the issues"
        : null;

    public bool Records(RecordSubject subject) => RouteList.Names(_options.Routes, subject);

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        if (message is not OutgoingRecord record)
            return new DeliveryOutcome.Rejected("only records become issues");
        var id = Id(record.IdempotencyKey);
        return record.ExternalId is not { } issue
            ? await OnceAsync(CreateIssue, Issue(record, id), FindIssue, "issue", id, cancellationToken)
            : await OnceAsync(CreateComment, new JsonObject
            {
                ["id"] = id, ["issueId"] = issue,
                    ["body"] = record.PublicNote ?? $"Ticket {record.TicketId} is closed.",
            }, FindComment, "comment", id, cancellationToken);
    }

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"look for team {_options.TeamId}", await AskAsync(
            "query($id: String!) { team(id: $id) { id name } }", new JsonObject { ["id"] = _options.TeamId },
            cancellationToken) is VendorAnswer.Failed failed ? failed.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>Creates it; what is refused may be there from an attempt whose answer was lost.</summary>
    private async Task<DeliveryOutcome> OnceAsync(
        string create, JsonObject input, string find, string kind, string id, CancellationToken cancellationToken)
    {
        var created = await AskAsync(create, new JsonObject { ["i"] = input }, cancellationToken);
        if (created is VendorAnswer.Failed { Failure.MayPass: false }
            && await AskAsync(find, new JsonObject { ["id"] = id }, cancellationToken) is VendorAnswer.Done found
            && found.Reply.Body.Text("data", kind, "id") is { } there)
            return new DeliveryOutcome.Delivered(there);
        return HelpdeskDelivery.Sent(created, _ => id);
    }

    private JsonObject Issue(OutgoingRecord record, string id)
    {
        var issue = new JsonObject
        {
            ["id"] = id, ["teamId"] = _options.TeamId, ["title"] = RouteList.Title(record),
            ["description"] = record.PublicNote,
            ["priority"] = record.Priority switch { "urgent" => 1, "high" => 2, "low" => 4, _ => 3 },
        };
        if (RouteList.Words(_options.Labels) is { Length: > 0 } labels)
            issue["labelIds"] = new JsonArray([.. labels.Select(l => (JsonNode)l)]);
        return issue;
    }

    private Task<VendorAnswer> AskAsync(string query, JsonObject variables, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Post, "/graphql", new JsonObject { ["query"] = query, ["variables"] = variables },
            cancellationToken);

    /// <summary>An id of the form of a random UUID that follows from a key.</summary>
    internal static string Id(string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("linear\n" + key)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static VendorAccess Access(LinearOptions options, TimeProvider clock) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        // A personal key stands alone; only tokens of OAuth are "Bearer".
        Sign = request => request.Headers.TryAddWithoutValidation("Authorization", options.ApiKey),
        Judge = reply => Judge(reply, clock),
        Exhausted = reply => reply.Number("x-ratelimit-requests-remaining") == 0 ? Reset(reply, clock) : null,
    };

    /// <summary>Failures come with 200 and with 4xx, the rate limit with 400: the body says which it is.</summary>
    private static VendorFailure? Judge(VendorReply reply, TimeProvider clock)
    {
        if (reply.Body.Items("errors")
            .FirstOrDefault() is not { ValueKind: System.Text.Json.JsonValueKind.Object } error)
            return null;
        var (type, code) = (error.Text("extensions", "type"), error.Text("extensions", "code"));
        var isLimit = type == "ratelimited" || code == "RATELIMITED" || reply.Status == 429;
        return new VendorFailure(
            reply.Said(error.Text("extensions", "userPresentableMessage") ?? error.Text("message")),
            isLimit || MayPass.Contains(type) || reply.Status >= 500,
            isLimit ? reply.After(clock.GetUtcNow()) ?? Reset(reply, clock) : null);
    }

    /// <summary>In milliseconds since 1970.</summary>
    private static TimeSpan? Reset(VendorReply reply, TimeProvider clock) =>
        reply.Number("x-ratelimit-requests-reset") is { } at and > 0 and < 253_402_300_800_000
        && DateTimeOffset.UnixEpoch.AddMilliseconds(at) - clock.GetUtcNow() is { Ticks: > 0 } left ? left : null;
}
