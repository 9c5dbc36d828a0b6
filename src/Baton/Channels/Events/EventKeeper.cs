using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Events;

/// <summary>
/// Tells programs what happens to tickets, as far as they ask: a row of the outbox in the transaction of the fact it
/// tells of. The row names the fact; what is sent is made of the ledger, which holds no personal data.
/// </summary>
internal sealed class EventKeeper
{
    /// <summary>Channel that sends them.</summary>
    public const string Channel = "webhook";

    /// <summary>End of the keys of their rows.</summary>
    public const string KeyEnd = "@events";

    public const string Decided = "ticket.decided", Escalated = "ticket.escalated", Breached = "sla.breached";

    /// <summary>Of the product itself; its alerts tell them.</summary>
    private const string AlertRaised = "alert.raised", AlertCleared = "alert.cleared";

    public static readonly string[] Types = [Decided, Escalated, Breached, AlertRaised, AlertCleared];

    private readonly HashSet<string> _wanted;
    private readonly Outbox _outbox;

    public EventKeeper(ChannelOptions options, Outbox outbox, Announcements announcements)
    {
        (_wanted, _outbox) = ([.. options.Webhook.EventList], outbox);
        announcements.Followers = (Channel, _wanted.Contains);
    }

    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (_wanted.Count == 0) return [];
        foreach (var (i, fact) in facts.Index())
        {
            if (TypeOf(fact) is not { } type || !_wanted.Contains(type)) continue;
            var version = (before.Version + i + 1).ToString(CultureInfo.InvariantCulture);
            _outbox.Add(transaction, new OutboxMessage
            {
                IdempotencyKey = $"{before.Id}/event/{version}", Kind = Channel,
                // Programs that do not answer must not hold up what the ticket says to its customer.
                Key = before.Id + KeyEnd,
                Payload = new JsonObject { ["ticket_id"] = before.Id,
                    ["event"] = before.Version + i + 1 }.ToJsonString(),
            });
        }
        return [];
    }

    /// <summary>The ticket of a row that tells of an event; null for other rows.</summary>
    public static string? TicketOf(OutboxMessage message) =>
        message.Payload.StartsWith('{') && JsonSerializer.Deserialize<JsonElement>(message.Payload) is var payload
        && payload.TryGetProperty("event", out _) ? payload.GetProperty("ticket_id").GetString() : null;

    /// <summary>What is sent.</summary>
    public static OutgoingEvent? Read(ReadConnection connection, OutboxMessage message, string ticketId)
    {
        var version = JsonSerializer.Deserialize<JsonElement>(message.Payload).GetProperty("event").GetInt64();
        if (Ledger.Read(connection, ticketId, version) is not [var stored, ..]) return null;
        var fact = ConversationJson.Read(stored.Type, stored.Data.Span);
        return TypeOf(fact) is not { } type ? null : new OutgoingEvent
        {
            IdempotencyKey = message.IdempotencyKey, Type = type, TicketId = ticketId, At = stored.At,
                Data = Data(fact),
        };
    }

    private static string? TypeOf(ConversationEvent fact) => fact switch
    {
        ConversationEvent.DecisionMade => Decided,
        ConversationEvent.Escalated => Escalated,
        ConversationEvent.SlaBreached => Breached,
        _ => null,
    };

    private static Dictionary<string, object?> Data(ConversationEvent fact) => fact switch
    {
        ConversationEvent.DecisionMade e => new()
        {
            ["turn"] = e.Turn, ["outcome"] = EnumWords.Of(e.Outcome), ["route"] = EnumWords.Of(e.Route),
            ["intent"] = e.Intent, ["priority"] = EnumWords.Of(e.Priority), ["queue"] = e.Queue,
            ["confidence"] = e.Confidence, ["needs_review"] = e.NeedsReview, ["reasoning"] = e.Reasoning,
            ["rules_matched"] = e.RulesMatched, ["playbook"] = e.Playbook,
        },
        ConversationEvent.Escalated e => new()
        {
            ["turn"] = e.Turn, ["queue"] = e.Queue, ["priority"] = EnumWords.Of(e.Priority),
            ["route"] = EnumWords.Of(e.Route), ["reason"] = e.Reason, ["summary"] = e.Packet.Summary,
            ["promised_by"] = e.PromisedBy.UtcDateTime.ToString("O"),
        },
        ConversationEvent.SlaBreached e => new()
        {
            ["metric"] = e.Metric, ["due_at"] = e.DueAt.UtcDateTime.ToString("O"),
        },
        _ => [],
    };
}
