using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Conversations.Routing;

/// <summary>
/// Writes <c>open_tickets</c>: one row for each ticket that people have to work on, with what choosing a person needs
/// to know. Queues and loads are counted from it: no row is shared by two tickets.
/// </summary>
internal static class OpenTickets
{
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
                waiting_since, points, load, language, skills, preferred, passed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (conversation_id) do update set queue = $2, claimed = $3, person = $4, offer_ends = $5,
                priority = $6, due_at = $7, waiting_since = $8, points = $9, load = $10, language = $11, skills = $12,
                preferred = $13, passed_by = $14
            """,
            now.Id, now.Queue ?? "", claimed, claimed ? now.ClaimedBy : routing.OfferedTo, Ms(routing.OfferEndsAt),
            (long)(now.Priority ?? Priority.Normal), Ms(now.DueAt), SqlValue.Ms(routing.WaitingSince ?? now.UpdatedAt),
            (long)routing.Needs.Points,
            // What waits for the customer is nobody's work until the customer writes.
            claimed && now.AwaitsCustomer ? 0L : routing.Needs.Points, routing.Needs.Language,
            string.Join(',', routing.Needs.Skills), string.Join(',', routing.Needs.Preferred),
            string.Join(',', routing.PassedBy));
    }

    private static bool IsOpen(Conversation state) =>
        state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;

    private static SqlValue Ms(DateTimeOffset? time) => time is { } at ? SqlValue.Ms(at) : default;
}
