using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People.Inboxes;

/// <summary>
/// Reads the lists of the inbox from <c>open_tickets</c>: see <see cref="InboxPlace"/> for the order.
/// </summary>
internal sealed class InboxLists(Database database)
{
    /// <summary>
    /// Tickets that a page looks at: a search that finds nothing ends there, and the next page goes on. Texts take
    /// longer to look at.
    /// </summary>
    private const long LookedAt = 20_000, TextsLookedAt = 5_000;

    private const string Columns =
        "conversation_id, queue, claimed, person, offer_ends, priority, owed_at, warn_at, waiting_since, load, "
        + "channel, customer, tier, summary, reason, "
        + "(select c.version from conversations c where c.conversation_id = t.conversation_id)";

    /// <summary>One page.</summary>
    public InboxPageOf Page(InboxFilter filter)
    {
        var start = filter.Start();
        if (filter.Priority is { } only && start.Priority > (long)only)
            start = InboxPlace.First with { Priority = (long)only };
        var limit = filter.Q is null ? LookedAt : TextsLookedAt;
        var rows = database.Read(connection => connection.Query(
            $"""
            select {Columns} from (
                select * from open_tickets where {InboxPlace.Behind} order by {InboxPlace.Order} limit $5) t
            where (cast($6 as text) is null or person = $6)
                and (cast($7 as text) is null or replace($7, ',' || queue || ',', '') <> $7)
                and claimed <= $8 and owed_at <= $9
                and (cast($10 as text) is null or queue = $10)
                and (cast($11 as text) is null or channel = $11)
                and (cast($12 as text) is null or tier = $12)
                and (cast($13 as integer) is null or priority = $13)
                and (cast($14 as text) is null or words like $14 escape '!'
                    or lower(conversation_id || ' ' || coalesce(customer, '')) like $14 escape '!')
            order by {InboxPlace.Order} limit $15
            """,
            row => (Place: PlaceOf(row), Item: Map(row)), start.Priority, start.OwedAt, start.WaitingSince, start.Id,
            limit,
            filter.View == InboxView.Mine ? filter.Me : default(SqlValue),
            filter.View == InboxView.Queues ? $",{string.Join(',', filter.Queues)}," : default(SqlValue),
            filter.View is InboxView.Queues or InboxView.Unassigned ? 0L : 1L,
            filter.View == InboxView.Late ? SqlValue.Ms(database.Clock.GetUtcNow()) : long.MaxValue,
            filter.Queue, filter.Channel, filter.Tier,
            filter.Priority is { } priority ? (long)priority : default(SqlValue), Pattern(filter.Q),
            (long)InboxFilter.Page + 1));
        var page = rows.Take(InboxFilter.Page).ToList();
        var next = rows.Count > InboxFilter.Page ? page[^1].Place.ToString()
            : database.Read(connection => LastLookedAt(connection, start, limit));
        return new InboxPageOf([.. page.Select(r => r.Item)], next);
    }

    /// <summary>One ticket as lists show it; null when people do not have to work on it.</summary>
    public InboxItem? Find(string id) => database.Read(connection => connection.First(
        $"select {Columns} from open_tickets t where conversation_id = $1", Map, id));

    /// <summary>Whether any list shows a ticket.</summary>
    public static bool Shows(ReadConnection connection, string id) => connection.Number(
        "select 1 from open_tickets where conversation_id = $1", id) is not null;

    /// <summary>How many each list has.</summary>
    /// <param name="me">Who looks.</param>
    public InboxCounts Counts(string me) => database.Read(connection =>
    {
        var now = SqlValue.Ms(database.Clock.GetUtcNow());
        var (mine, offered, unassigned, late, all) = connection.First(
            """
            select coalesce(sum(case when person = $1 and claimed = 1 then 1 else 0 end), 0),
                coalesce(sum(case when person = $1 and claimed = 0 then 1 else 0 end), 0),
                coalesce(sum(case when claimed = 0 then 1 else 0 end), 0),
                coalesce(sum(case when owed_at <= $2 then 1 else 0 end), 0), count(*)
            from open_tickets
            """,
            row => (row.Int32(0), row.Int32(1), row.Int32(2), row.Int32(3), row.Int32(4)), me, now);
        return new InboxCounts(mine, offered, connection.Query(
            "select queue, count(*) from open_tickets where claimed = 0 group by queue",
            row => (Queue: row.Text(0), Count: row.Int32(1))).ToDictionary(r => r.Queue, r => r.Count),
            unassigned, late, all);
    });

    /// <summary>Where the next page begins to look; null when this one has seen the last ticket.</summary>
    private static string? LastLookedAt(ReadConnection connection, InboxPlace start, long limit) => connection.First(
        $"""
        select count(*) over (), priority, owed_at, waiting_since, conversation_id from (
            select * from open_tickets where {InboxPlace.Behind} order by {InboxPlace.Order} limit $5) t
        order by {InboxPlace.Backwards} limit 1
        """,
        row => row.Int64(0) < limit ? null
            : new InboxPlace(row.Int64(1), row.Int64(2), row.Int64(3), row.Text(4)).ToString(),
        start.Priority, start.OwedAt, start.WaitingSince, start.Id, limit);

    private static InboxPlace PlaceOf(Row row) => new(row.Int64(5), row.Int64(6), row.Int64(8), row.Text(0));

    private static string? Pattern(string? text) => text is null ? null : "%" + text.ToLowerInvariant()
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal) + "%";

    private static InboxItem Map(Row row)
    {
        var claimed = row.Bool(2);
        return new InboxItem(
            row.Text(0), row.Text(1), claimed, row.TextOrNull(3), row.TimeOrNull(4), (Priority)row.Int32(5),
            row.Int64(6) == long.MaxValue ? null : row.Time(6), row.TimeOrNull(7), row.Time(8),
            claimed && row.Int32(9) == 0, row.Text(10), row.TextOrNull(11), row.TextOrNull(12), row.TextOrNull(13),
            row.TextOrNull(14), row.Int64(15));
    }
}
