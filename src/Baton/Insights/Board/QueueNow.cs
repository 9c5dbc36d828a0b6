using Baton.Conversations.Tallies;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>A queue as it is now.</summary>
/// <param name="Oldest">Since when the one that waits longest does; null: none waits.</param>
public sealed record QueueNow(string Queue, int Waiting, int Claimed, DateTimeOffset? Oldest)
{
    internal static List<QueueNow> Read(ReadConnection connection) => connection.Query(
        """
        select queue, sum(1 - claimed), sum(claimed), min(case when claimed = 0 then waiting_since end)
        from open_tickets group by queue order by queue
        """,
        row => new QueueNow(row.Text(0), row.Int32(1), row.Int32(2), row.TimeOrNull(3)));
}

/// <summary>What a person has before them now.</summary>
/// <param name="Load">Points that count against the capacity.</param>
public sealed record PersonLoad(string Person, int Tickets, int Load)
{
    internal static List<PersonLoad> Read(ReadConnection connection, int limit) => connection.Query(
        """
        select person, count(*), sum(load) from open_tickets where claimed = 1 and person is not null
        group by person order by sum(load) desc, person limit $1
        """,
        row => new PersonLoad(row.Text(0), row.Int32(1), row.Int32(2)), (long)limit);
}

/// <summary>Hand-overs of a queue by the hour of the day, in UTC.</summary>
/// <param name="Hours">24 counts.</param>
public sealed record QueueArrivals(string Queue, IReadOnlyList<long> Hours)
{
    public const int HoursADay = 24;

    internal static IReadOnlyList<QueueArrivals> Read(ReadConnection connection, InsightPeriod period) =>
        [.. InsightReader.ByName(connection, TallyFigure.Arrival, "queue", period).Where(r => r.N > 0)
            .GroupBy(r => r.Name).Select(g =>
            {
                var hours = new long[HoursADay];
                foreach (var row in g) hours[row.Step] = row.N;
                return new QueueArrivals(g.Key, hours);
            })];
}
