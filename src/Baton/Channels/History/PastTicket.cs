using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Channels.History;

/// <summary>One text of a past ticket.</summary>
internal sealed record PastMessage(Author From, string Text, DateTimeOffset? At);

/// <summary>
/// A ticket as another system kept it: what was said, who had it in the end, and what the old rules had chosen.
/// </summary>
internal sealed record PastTicket
{
    public required string Id { get; init; }

    public string Channel { get; init; } = "unknown";

    /// <summary>As the source calls it; only a digest is written.</summary>
    public string? Customer { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? SolvedAt { get; init; }

    public IReadOnlyList<PastMessage> Messages { get; init; } = [];

    /// <summary>Where people took it in the end, as the source calls it.</summary>
    public string? Team { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Status { get; init; }

    public string? Priority { get; init; }

    public int? Stars { get; init; }

    /// <summary>What the old rules chose, as the source says it; then a word of our routes.</summary>
    public string? RuleRoute { get; init; }

    /// <summary>Where people took it, as above.</summary>
    public string? FinalRoute { get; init; }

    /// <summary>Notes of the team and words of machines, which are not taken.</summary>
    public int LeftOut { get; init; }

    /// <summary>A line of a history: the ticket of the API, and <c>history</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["id"] = Id, ["channel"] = Channel,
        ["customer"] = Customer is null ? null : new JsonObject { ["id"] = Customer },
        ["subject"] = Subject, ["created_at"] = Time(CreatedAt),
        ["messages"] = new JsonArray([.. Messages.Select(m => (JsonNode)new JsonObject
        {
            ["from"] = EnumWords.Of(m.From), ["text"] = m.Text,
        })]),
        ["history"] = new JsonObject
        {
            ["team"] = Team, ["rule_route"] = RuleRoute, ["final_route"] = FinalRoute,
            ["tags"] = new JsonArray([.. Tags.Select(t => (JsonNode)t)]), ["status"] = Status,
            ["priority"] = Priority, ["stars"] = Stars, ["solved_at"] = Time(SolvedAt),
            ["first_reply_at"] = Time(Messages.FirstOrDefault(m => m.From == Author.Agent)?.At),
            ["times"] = new JsonArray([.. Messages.Select(m => (JsonNode?)Time(m.At))]),
        },
    }.ToJsonString(Plain);

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One record of a source: a ticket, or why there is none.</summary>
/// <param name="Place">Line or number of the record, from 1.</param>
internal sealed record PastRecord(long Place, PastTicket? Ticket, string? Problem = null);
