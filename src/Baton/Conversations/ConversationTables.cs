using System.Globalization;
using Baton.Conversations.Findings;
using Baton.Conversations.Promises;
using Baton.Conversations.Routing;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations;

/// <summary>
/// Writes the read tables that follow from conversations: <c>conversations</c>, <c>decisions</c>,
/// <c>second_opinions</c>, <c>open_tickets</c>, <c>promises</c>, <c>callbacks</c>.
/// </summary>
internal static class ConversationTables
{
    /// <summary>How a rebuild writes these tables anew.</summary>
    public static readonly ReadTable ReadTable =
        new("conversations",
            ["conversations", "decisions", "second_opinions", "open_tickets", "promises", "callbacks"], Rebuild);

    /// <summary>The rows of a conversation as it is now.</summary>
    public static void Write(WriteTransaction transaction, Conversation? before, Conversation now)
    {
        var last = now.LastDecision;
        transaction.Execute(
            """
            insert into conversations (conversation_id, version, status, locked, channel, customer_id, subject, turn,
                intent, route, outcome, queue, priority, confidence, needs_review, cost_usd, started_at, updated_at, due_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            on conflict (conversation_id) do update set version = $2, status = $3, locked = $4, turn = $8, intent = $9,
                route = $10, outcome = $11, queue = $12, priority = $13, confidence = $14, needs_review = $15,
                cost_usd = $16, updated_at = $18, due_at = $19
            """,
            now.Id, now.Version, EnumWords.Of(now.Status), now.Locked, now.Channel, now.CustomerId, now.Subject,
            (long)now.CustomerMessages, now.LastIntent, last is null ? null : EnumWords.Of(last.Route),
            last is null ? null : EnumWords.Of(last.Outcome), now.Queue,
            now.Priority is { } priority ? EnumWords.Of(priority) : null,
            last is null ? default(SqlValue) : last.Confidence, last?.NeedsReview ?? false,
            now.CostUsd.ToString(CultureInfo.InvariantCulture), SqlValue.Ms(now.StartedAt), SqlValue.Ms(now.UpdatedAt),
            now.DueAt is { } due ? SqlValue.Ms(due) : default(SqlValue));
        OpenTickets.Write(transaction, before, now);
        PromiseTables.Write(transaction, before?.Promises, now);
    }

    /// <summary>The row of one decision, and of a second opinion on it.</summary>
    public static void Write(WriteTransaction transaction, int turn, DateTimeOffset at, bool needsReview, Decision d)
    {
        transaction.Execute(
            """
            insert into decisions (conversation_id, turn, decided_at, route, outcome, intent, queue, confidence,
                needs_review, cost_usd, latency_ms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            d.TicketId, (long)turn, SqlValue.Ms(at), EnumWords.Of(d.Route), EnumWords.Of(d.Outcome), d.Triage?.Intent,
            d.Queue,
            d.DecisionConfidence, needsReview, d.CostUsd.ToString(CultureInfo.InvariantCulture), d.LatencyMs);
        if (d.SecondOpinion is { } second) Write(transaction, turn, at, d, second);
    }

    private static void Write(
        WriteTransaction transaction, int turn, DateTimeOffset at, Decision d, SecondOpinion second) =>
        transaction.Execute(
            """
            insert into second_opinions (conversation_id, turn, at, tier, model, intent, second_intent, agrees_on_intent,
                route, opinion, agrees_on_route)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            d.TicketId, (long)turn, SqlValue.Ms(at), second.Tier, second.Model, d.Triage?.Intent ?? TriageReading.None,
            second.Intent,
            Flag(second.AgreesOnIntent), EnumWords.Of(d.Route), second.Opinion, Flag(second.AgreesOnRoute));

    private static SqlValue Flag(bool? value) => value is { } known ? known : default(SqlValue);

    /// <summary>All rows of one conversation from its events, for a rebuild.</summary>
    private static void Rebuild(WriteTransaction transaction, string id, IReadOnlyList<StoredEvent> events)
    {
        if (ReservedStreams.Includes(id)) return;
        foreach (var decision in StoredDecision.Of(id, events))
            Write(transaction, decision.Made.Turn, decision.At, decision.Made.NeedsReview, decision.View);
        var state = events.Aggregate(new Conversation { Id = id }, (state, stored) =>
            state.Apply(ConversationJson.Read(stored.Type, stored.Data.Span), stored.At));
        Write(transaction, null, state);
    }
}
