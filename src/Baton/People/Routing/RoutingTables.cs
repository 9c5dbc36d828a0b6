using Baton.Conversations.Routing;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People.Routing;

/// <summary>Reads who has what, and what waits.</summary>
internal static class RoutingTables
{
    /// <summary>Tickets looked at in one go, the most pressing first.</summary>
    private const int Most = 500;

    private const string Columns =
        "conversation_id, queue, priority, due_at, waiting_since, points, language, skills, preferred, passed_by";

    /// <summary>Everybody who may sign in, with the points that count now.</summary>
    public static List<Seat> Seats(ReadConnection connection)
    {
        var loads = connection.Query(
            "select person, sum(load) from open_tickets where person is not null group by person",
            row => (Person: row.Text(0), Load: row.Int32(1))).ToDictionary(r => r.Person, r => r.Load);
        return [.. PeopleStore.List(connection).Where(p => p.DisabledAt is null)
            .Select(p => new Seat(p, loads.GetValueOrDefault(p.Id)))];
    }

    /// <summary>Points of one person.</summary>
    public static int Load(ReadConnection connection, string person) =>
        (int)(connection.Number("select sum(load) from open_tickets where person = $1", person) ?? 0);

    /// <summary>Tickets of a queue that nobody has and nobody is offered.</summary>
    public static List<WaitingTicket> Waiting(ReadConnection connection, string queue, DateTimeOffset now) =>
        connection.Query(
            $"""
            select {Columns} from open_tickets where queue = $1 and claimed = 0 and person is null
            order by case when due_at <= $2 then 3 else priority end desc, coalesce(due_at, $3), waiting_since,
                conversation_id
            limit $4
            """,
            Map, queue, SqlValue.Ms(now + WaitingTicket.Nearly), long.MaxValue, (long)Most);

    /// <summary>Offers that wait for an answer.</summary>
    public static List<(string Id, string Person, DateTimeOffset Ends)> Offered(ReadConnection connection) =>
        connection.Query(
            """
            select conversation_id, person, offer_ends from open_tickets
            where person is not null and claimed = 0 and offer_ends is not null
            """,
            row => (row.Text(0), row.Text(1), row.Time(2)));

    private static WaitingTicket Map(Row row) => new(
        row.Text(0), row.Text(1), (Priority)row.Int32(2), row.TimeOrNull(3), row.Time(4),
        new TicketNeeds(row.Int32(5), row.TextOrNull(6), Words(row.Text(7)), Words(row.Text(8))), Words(row.Text(9)));

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
