using System.Text;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Conversations.Routing;

/// <summary>
/// Writes <c>open_tickets</c>: one row for each ticket that people have to work on, with what choosing a person needs
/// to know. Queues and loads are counted from it: no row is shared by two tickets.
/// </summary>
internal static class OpenTickets
{
    /// <summary>Characters of a ticket that the search looks at: the newest.</summary>
    private const int LongestWords = 4_000;

    public static void Write(WriteTransaction transaction, Conversation? before, Conversation now)
    {
        if (!IsOpen(now))
        {
            if (before is not null && IsOpen(before))
                transaction.Execute("delete from open_tickets where conversation_id = $1", now.Id);
            return;
        }
        var (routing, claimed) = (now.Routing, now.Status == ConversationStatus.Claimed);
        transaction.Execute(
            """
            insert into open_tickets (conversation_id, queue, claimed, person, offer_ends, priority, due_at,
                waiting_since, points, load, language, skills, preferred, passed_by, owed_at, warn_at, channel, customer,
                tier, summary, reason, words)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            on conflict (conversation_id) do update set queue = $2, claimed = $3, person = $4, offer_ends = $5,
                priority = $6, due_at = $7, waiting_since = $8, points = $9, load = $10, language = $11, skills = $12,
                preferred = $13, passed_by = $14, owed_at = $15, warn_at = $16, customer = $18, tier = $19,
                summary = $20, reason = $21, words = $22
            """,
            now.Id, now.Queue ?? "", claimed, claimed ? now.ClaimedBy : routing.OfferedTo, Ms(routing.OfferEndsAt),
            (long)(now.Priority ?? Priority.Normal), Ms(now.DueAt), SqlValue.Ms(routing.WaitingSince ?? now.UpdatedAt),
            (long)routing.Needs.Points,
            // What waits for the customer is nobody's work until the customer writes.
            claimed && now.AwaitsCustomer ? 0L : routing.Needs.Points, routing.Needs.Language,
            string.Join(',', routing.Needs.Skills), string.Join(',', routing.Needs.Preferred),
            string.Join(',', routing.PassedBy), now.OwedAt is { } owed ? SqlValue.Ms(owed) : long.MaxValue,
            Ms(now.WarnAt), now.Channel, now.CustomerId, now.Customer?.Tier ?? now.GivenTier, now.HandoffSummary,
            now.HandoffReason, Words(now));
    }

    /// <summary>Tickets now open in a queue.</summary>
    public static int In(ReadConnection connection, string queue) =>
        (int)(connection.Number("select count(*) from open_tickets where queue = $1", queue) ?? 0);

    /// <summary>Redacted texts, the newest first.</summary>
    private static string Words(Conversation now)
    {
        var words = new StringBuilder($"{now.Subject} {now.HandoffSummary}");
        for (var i = now.Transcript.Count - 1; i >= 0 && words.Length < LongestWords; i--)
            words.Append(' ').Append(now.Transcript[i].Text);
        return words.ToString(0, Math.Min(words.Length, LongestWords)).ToLowerInvariant();
    }

    private static bool IsOpen(Conversation state) =>
        state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;

    private static SqlValue Ms(DateTimeOffset? time) => time is { } at ? SqlValue.Ms(at) : default;
}
