using System.Text.Json.Nodes;
using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;
using Baton.Conversations.ServiceLevels;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations.Tickets;

/// <summary>Reads tickets for the API and the console. Raw texts are in the answers: both are for the team.</summary>
internal sealed class TicketQueries(
    Database database, ConversationStore store, AddWords words, RatingLinks ratings, TimeProvider clock)
{
    /// <summary>Messages and events given at most; more are counted.</summary>
    private const int Most = 10_000;

    /// <summary>
    /// Tickets that one page looks at: a search that finds nothing ends here and goes on with the next page.
    /// </summary>
    private const int LookedAt = 20_000;

    /// <summary>One page of tickets.</summary>
    public JsonObject List(TicketFilter filter)
    {
        var cursor = filter.After is not null && TicketCursor.TryRead(filter.After, out var c) ? c : TicketCursor.Start;
        var rows = database.Read(connection => connection.Query(
            """
            select conversation_id, status, channel, customer_id, subject, intent, route, outcome, queue, priority,
                confidence, needs_review, turn, started_at, updated_at, due_at,
                (select redacted from messages m where m.conversation_id = c.conversation_id
                    and m.author = 'customer' order by position limit 1)
            from (
                select * from conversations
                where updated_at <= $9 and (updated_at < $9 or conversation_id > $10)
                order by updated_at desc, conversation_id limit $12) c
            where (cast($1 as text) is null or status = $1)
                and (cast($2 as text) is null or route = $2)
                and (cast($3 as text) is null or outcome = $3)
                and (cast($4 as text) is null or intent = $4)
                and (cast($5 as text) is null or queue = $5)
                and (cast($6 as text) is null or channel = $6)
                and (cast($7 as integer) is null or needs_review = $7)
                and (cast($8 as text) is null
                    or lower(conversation_id || ' ' || coalesce(subject, '')) like $8 escape '!'
                    or exists (select 1 from messages m
                        where m.conversation_id = c.conversation_id and lower(m.redacted) like $8 escape '!'))
            order by updated_at desc, conversation_id limit $11
            """,
            Summary, filter.Status?.ToLowerInvariant(), filter.Route?.ToLowerInvariant(),
            filter.Outcome?.ToLowerInvariant(), filter.Intent, filter.Queue, filter.Channel,
            filter.Review is { } review ? review : default(SqlValue), Pattern(filter.Q),
            cursor.UpdatedAtMs, cursor.Id,
            (long)filter.Take + 1, (long)LookedAt));
        var page = rows.Take(filter.Take).ToList();
        var next = rows.Count > filter.Take
            ? new TicketCursor(page[^1].UpdatedAtMs, page[^1].Id).ToString()
            : database.Read(connection => LastLookedAt(connection, cursor))?.ToString();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(p => p.Json)]), ["next"] = next,
        };
    }

    /// <summary>A text anywhere in another, as <c>like … escape '!'</c> reads it.</summary>
    private static string? Pattern(string? text) => text is null ? null : "%" + text.ToLowerInvariant()
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal) + "%";

    /// <summary>Where the next page begins to look; null when this one has seen the oldest ticket.</summary>
    private static TicketCursor? LastLookedAt(ReadConnection connection, TicketCursor cursor) =>
        connection.First<TicketCursor?>(
            """
            select updated_at, conversation_id from conversations
            where updated_at <= $1 and (updated_at < $1 or conversation_id > $2)
            order by updated_at desc, conversation_id limit 1 offset $3
            """,
            row => new TicketCursor(row.Int64(0), row.Text(1)), cursor.UpdatedAtMs, cursor.Id, (long)LookedAt - 1);

    /// <summary>Tickets that changed since a time, with what they are about; null while nobody knows.</summary>
    public static Dictionary<string, string?> Intents(ReadConnection connection, DateTimeOffset since) =>
        connection.Query(
        "select conversation_id, intent from conversations where updated_at >= $1",
        row => (Id: row.Text(0), Intent: row.TextOrNull(1)), SqlValue.Ms(since)).ToDictionary(t => t.Id, t => t.Intent);

    /// <summary>One ticket with its messages and its latest decision, or null.</summary>
    public async ValueTask<JsonObject?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var state = store.Load(id);
        if (state.Version == 0) return null;
        var (messages, files, decision) = database.Read(connection => (
            MessageRows.Of(connection, id, Most), AttachmentRow.Of(connection, id).ToLookup(f => f.Position),
            StoredDecision.Last(connection, id)));
        var json = new JsonObject
        {
            ["id"] = id,
            ["status"] = EnumWords.Of(state.Status),
            ["locked"] = state.Locked,
            ["channel"] = state.Channel,
            ["subject"] = messages.Count > 0 ? messages[0].Subject : null,
            ["customer"] = Customer(state, messages),
            ["queue"] = state.Queue,
            ["promise"] = state.Promise,
            ["priority"] = state.Priority is { } priority ? EnumWords.Of(priority) : null,
            ["service_levels"] = new JsonArray([.. state.Clocks.All.Where(c => c.Runs > 0).Select(Clock)]),
            ["turns"] = state.CustomerMessages,
            ["version"] = state.Version,
            ["claimed_by"] = state.ClaimedBy,
            ["draft"] = state.Draft is null ? null : Draft(id, state.Draft),
            ["created_at"] = state.StartedAt,
            ["updated_at"] = state.UpdatedAt,
            ["undelivered"] = new JsonArray([.. state.Undelivered.Values.Select(Undelivered)]),
            ["rating"] = Rating(state),
            ["messages"] = new JsonArray([.. messages.Select(m => Message(m, files[m.Position]))]),
        };
        if (decision is not null) json["decision"] = await decision.WithAsync(words, cancellationToken);
        return json;
    }

    /// <summary>Every event of a ticket, or null.</summary>
    public JsonObject? Trace(string id)
    {
        var (events, reads) = database.Read(connection =>
            (Ledger.Read(connection, id), Ledger.Read(connection, DataReads.StreamOf(id))));
        return events.Count == 0 ? null : new JsonObject
        {
            ["ticket_id"] = id,
            ["events"] = new JsonArray(
                [.. events.Concat(reads).OrderBy(e => e.Seq).Take(Most).Select(e => (JsonNode)new JsonObject
            {
                ["seq"] = e.Seq, ["version"] = e.Version, ["type"] = e.Type, ["at"] = e.At, ["hash"] = e.Hash,
                ["data"] = JsonNode.Parse(e.Data.Span),
            })]),
        };
    }

    private static (long UpdatedAtMs, string Id, JsonObject Json) Summary(Row row) =>
        (row.Int64(14), row.Text(0), new JsonObject
    {
        ["id"] = row.Text(0), ["status"] = row.Text(1), ["channel"] = row.Text(2), ["customer_id"] = row.TextOrNull(3),
        ["subject"] = row.TextOrNull(4), ["intent"] = row.TextOrNull(5), ["route"] = row.TextOrNull(6),
        ["outcome"] = row.TextOrNull(7), ["queue"] = row.TextOrNull(8), ["priority"] = row.TextOrNull(9),
        ["confidence"] = row.IsNull(10) ? null : row.Double(10), ["needs_review"] = row.Bool(11),
        ["turns"] = row.Int32(12),
        ["created_at"] = row.Time(13), ["updated_at"] = row.Time(14), ["due_at"] = row.TimeOrNull(15),
        ["title"] = TicketTitle.Of(row.TextOrNull(4), row.TextOrNull(16)),
    });

    private static JsonObject Customer(Conversation state, IReadOnlyList<MessageRow> messages)
    {
        var sender = messages.FirstOrDefault(m => m.Sender is not null)?.Sender;
        JsonObject json = sender is null ? [] : JsonNode.Parse(sender)!.AsObject();
        json["id"] = state.CustomerId;
        json["tier"] = state.Customer?.Tier ?? state.GivenTier;
        return json;
    }

    /// <summary>
    /// The verdict that stands, and the link by which the customer gives it; null while nothing can be rated.
    /// </summary>
    private JsonObject? Rating(Conversation state) => state.Tally.RateableAt is null ? null : new()
    {
        ["stars"] = state.Tally.Rating?.Stars,
        ["step"] = state.Tally.Rating is { } rating ? Ratings.Steps[rating.Stars - 1] : null,
        ["remark"] = state.Tally.Rating?.Remark is null ? null : database.Read(c => MessageRows.Remark(c, state.Id)),
        ["link"] = Ratings.Closed(state.Tally, clock.GetUtcNow()) is null ? ratings.Make(state.Id)?.ToString() : null,
    };

    /// <summary>The reply that waits, as the person would send it.</summary>
    private JsonObject Draft(string id, ConversationEvent.DraftWritten draft) => new()
    {
        ["text"] = database.Read(c => MessageRows.Placeholders(c, id)).Restore(draft.Text),
        ["citations"] = JsonNode.Parse(ConversationJson.Element(draft.Citations).GetRawText()),
        ["probability"] = draft.Probability,
    };

    private JsonNode Clock(ServiceClock service) => new JsonObject
    {
        ["metric"] = service.Metric, ["state"] = EnumWords.Of(service.StateAt(clock.GetUtcNow())),
        ["policy"] = service.Policy, ["due_at"] = service.DueAt, ["warn_at"] = service.WarnAt,
        ["ended_at"] = service.EndedAt, ["breaches"] = service.Breaches,
    };

    private static JsonObject Undelivered(ConversationEvent.DeliveryFailed fact) => new()
    {
        ["message_id"] = fact.MessageId, ["channel"] = fact.Channel, ["kind"] = fact.Kind, ["reason"] = fact.Reason,
    };

    private static JsonObject Message(MessageRow row, IEnumerable<AttachmentRow> files) => new()
    {
        ["position"] = row.Position, ["from"] = EnumWords.Of(row.Author), ["text"] = row.Body,
        ["at"] = row.ReceivedAt, ["erased"] = row.IsErased,
        ["attachments"] = new JsonArray([.. files.Select(File)]),
    };

    private static JsonObject File(AttachmentRow row) => new()
    {
        ["number"] = row.Number, ["name"] = row.Name, ["type"] = row.Type, ["size"] = row.Size,
        ["sha256"] = row.Sha256, ["not_stored"] = row.NotStored,
    };
}
