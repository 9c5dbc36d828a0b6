using System.Text.Json.Nodes;
using Baton.Conversations.Attachments;
using Baton.Conversations.Findings;
using Baton.Conversations.RawTexts;
using Baton.Conversations.ServiceLevels;
using Baton.Conversations.Tickets.Lists;
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

    /// <summary>One page of tickets.</summary>
    public JsonObject List(TicketFilter filter)
    {
        var (items, next) = database.Read(connection => TicketList.Page(connection, filter, clock.GetUtcNow()));
        return new JsonObject { ["items"] = new JsonArray([.. items]), ["next"] = next };
    }

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
            ["merged_into"] = state.MergedInto,
            ["draft"] = state.Draft is null ? null : Draft(id, state.Draft),
            ["created_at"] = state.StartedAt,
            ["updated_at"] = state.UpdatedAt,
            ["actions"] = JsonNode.Parse(ConversationJson.Element<IReadOnlyList<TicketAction>>(state.Actions).GetRawText()),
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
            ["traces"] = new JsonArray([.. events.Where(e => e.Type == nameof(ConversationEvent.DecisionMade))
                .Select(e => JsonNode.Parse(e.Data.Span)!["turn"]!.GetValue<int>()).Distinct()
                .Select(turn => (JsonNode)new JsonObject { ["turn"] = turn, ["trace_id"] = TraceIds.Of(id, turn) })]),
            ["events"] = new JsonArray(
                [.. events.Concat(reads).OrderBy(e => e.Seq).Take(Most).Select(e => (JsonNode)new JsonObject
            {
                ["seq"] = e.Seq, ["version"] = e.Version, ["type"] = e.Type, ["at"] = e.At, ["hash"] = e.Hash,
                ["data"] = JsonNode.Parse(e.Data.Span),
            })]),
        };
    }

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
