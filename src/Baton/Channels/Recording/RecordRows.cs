using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Recording;

/// <summary>Records in the outbox: the row names the decision, what is sent is made of the ledger.</summary>
internal static class RecordRows
{
    /// <summary>The row of the outbox.</summary>
    /// <param name="turn">Of the decision.</param>
    /// <param name="state">What became of it since, <c>claimed</c> or <c>closed</c>; null for the decision
    /// itself.</param>
    public static OutboxMessage Row(Conversation ticket, string channel, int turn, string? state) => new()
    {
        IdempotencyKey = $"{ticket.Id}/{state ?? "record"}/{channel}/"
            + (state is null ? turn : ticket.Version).ToString(CultureInfo.InvariantCulture),
        // A system that keeps copies of other channels' tickets must not hold up what those say to customers.
        Key = ticket.Channel == channel ? ticket.Id : $"{ticket.Id}@{channel}",
        Kind = channel,
        Payload = new JsonObject
        {
            ["ticket_id"] = ticket.Id, ["record"] = turn, ["state"] = state, ["by"] = ticket.ClaimedBy,
        }.ToJsonString(),
    };

    /// <summary>The ticket that a row is the record of; null when it is a text.</summary>
    public static string? TicketOf(OutboxMessage message) =>
        message.Payload.StartsWith('{')
        && JsonSerializer.Deserialize<JsonElement>(message.Payload) is var payload
        && payload.TryGetProperty("record", out _) ? payload.GetProperty("ticket_id").GetString() : null;

    /// <summary>What is sent, with the real values; null when the ticket is no longer there.</summary>
    public static OutgoingRecord? Read(ReadConnection connection, OutboxMessage message, string ticketId)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(message.Payload);
        var (turn, later) = (payload.GetProperty("record").GetInt32(), payload.GetProperty("state").GetString());
        var facts = Ledger.Read(connection, ticketId)
            .ConvertAll(stored => ConversationJson.Read(stored.Type, stored.Data.Span));
        var decision = facts.OfType<ConversationEvent.DecisionMade>().LastOrDefault(d => d.Turn == turn);
        if (facts.OfType<ConversationEvent.ConversationStarted>().FirstOrDefault() is not { } started) return null;
        var first = MessageRows.Outgoing(connection, $"{ticketId}/1");
        var placeholders = MessageRows.Placeholders(connection, ticketId);
        return new OutgoingRecord
        {
            IdempotencyKey = message.IdempotencyKey, TicketId = ticketId, Channel = started.Channel, Turn = turn,
            ExternalId = started.Channel == message.Kind ? first?.ExternalId : Recorded(facts, message.Kind),
            Outcome = later ?? (decision is null ? "" : EnumWords.Of(decision.Outcome)),
            Route = decision is null ? "" : EnumWords.Of(decision.Route),
            Priority = EnumWords.Of(decision?.Priority ?? Priority.Normal),
            Queue = decision?.Queue, Intent = decision?.Intent, Confidence = decision?.Confidence ?? 0,
            Subject = first?.Subject, CustomerId = first?.CustomerId, CustomerEmail = first?.Sender?.Email,
            CustomerName = first?.Sender?.Name, At = first?.At ?? default,
            Note = later is null && Note(facts, ticketId, turn) is { } note ? placeholders.Restore(note) : null,
            PublicNote = later is null ? Note(facts, ticketId, turn) : null,
            Why = facts.OfType<ConversationEvent.Escalated>().LastOrDefault(e => e.Turn == turn)?.Reason,
            By = payload.GetProperty("by").GetString(),
        };
    }

    /// <summary>What another system calls the ticket that it keeps of it; null when it keeps none.</summary>
    public static string? Recorded(IEnumerable<ConversationEvent> facts, string system) =>
        facts.OfType<ConversationEvent.TicketRecorded>().LastOrDefault(r => r.System == system)?.ExternalId;

    private static string? Note(IReadOnlyList<ConversationEvent> facts, string ticketId, int turn) =>
        facts.OfType<ConversationEvent.Escalated>().LastOrDefault(e => e.Turn == turn) is { } handoff
            ? PacketText.Of(handoff, ticketId,
                facts.OfType<ConversationEvent.DraftWritten>().LastOrDefault(d => d.Turn == turn)?.Text)
            : null;
}
