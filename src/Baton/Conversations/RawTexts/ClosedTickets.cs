using Baton.Storage;

namespace Baton.Conversations.RawTexts;

/// <summary>A closed ticket, where a look at them can go on.</summary>
internal readonly record struct ClosedTicket(string Id, DateTimeOffset ChangedAt);

/// <summary>Closed tickets in the order of their last change, those that are held left out.</summary>
internal static class ClosedTickets
{
    /// <summary>So many of those that did not change since a moment, after one that was looked at.</summary>
    public static List<ClosedTicket> Before(
        ReadConnection connection, DateTimeOffset moment, ClosedTicket after, int limit) => connection.Query(
        """
        select c.conversation_id, c.updated_at from conversations c
        where c.status = 'closed' and c.updated_at < $1 and (c.updated_at, c.conversation_id) > ($2, $3)
            and not exists (select 1 from legal_holds h where h.scope = 'ticket' and h.name = c.conversation_id)
            and not exists (select 1 from legal_holds h where h.scope = 'customer' and h.name = c.customer_id)
        order by c.updated_at, c.conversation_id limit $4
        """,
        row => new ClosedTicket(row.Text(0), row.Time(1)),
        SqlValue.Ms(moment), SqlValue.Ms(after.ChangedAt), after.Id, (long)limit);

    /// <summary>Whether nothing happened to it since it was looked at, and nobody holds it.</summary>
    public static bool IsStill(ReadConnection connection, ClosedTicket ticket) => connection.Number(
        """
        select 1 from conversations c where c.conversation_id = $1 and c.status = 'closed' and c.updated_at = $2
            and not exists (select 1 from legal_holds h where h.scope = 'ticket' and h.name = c.conversation_id)
            and not exists (select 1 from legal_holds h where h.scope = 'customer' and h.name = c.customer_id)
        """,
        ticket.Id, SqlValue.Ms(ticket.ChangedAt)) is not null;

    /// <summary>How many there are to look at.</summary>
    public static long Count(ReadConnection connection, DateTimeOffset moment, ClosedTicket after) => connection.Number(
        """
        select count(*) from conversations c
        where c.status = 'closed' and c.updated_at < $1 and (c.updated_at, c.conversation_id) > ($2, $3)
            and not exists (select 1 from legal_holds h where h.scope = 'ticket' and h.name = c.conversation_id)
            and not exists (select 1 from legal_holds h where h.scope = 'customer' and h.name = c.customer_id)
        """,
        SqlValue.Ms(moment), SqlValue.Ms(after.ChangedAt), after.Id) ?? 0;
}
