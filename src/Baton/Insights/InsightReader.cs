using System.Globalization;
using Baton.Storage;

namespace Baton.Insights;

/// <summary>How often something counts in a period.</summary>
/// <param name="N">Times.</param>
/// <param name="Amount">Millionths of a dollar, or stars.</param>
public readonly record struct InsightCount(long N, long Amount);

/// <summary>A count of one name of a cut, on one day or in all of a period.</summary>
internal sealed record InsightRow(long Day, string Name, int Step, long N, long Amount);

/// <summary>A ticket that a figure counts.</summary>
/// <param name="Turn">The decision of it; 0: the ticket itself.</param>
internal sealed record InsightTicket(string Id, int Turn, long Day)
{
    /// <summary>Its place in the list.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day}.{Turn}.{Id}");

    /// <exception cref="InsightQuestionException">It is no place in a list.</exception>
    public static InsightTicket? Parse(string? place) => string.IsNullOrEmpty(place) ? null
        : place.Split('.', 3) is [var day, var turn, var id]
            && long.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var d)
            && int.TryParse(turn, NumberStyles.None, CultureInfo.InvariantCulture, out var t)
                ? new InsightTicket(id, t, d)
                : throw new InsightQuestionException(
                    "after", $"is '{place}': pass what the page before gave as next");
}

/// <summary>
/// Reads figures: what is added up, and what is not yet. A figure is the same in the moment after an event.
/// </summary>
internal static class InsightReader
{
    /// <summary>Tickets of one page at most.</summary>
    public const int MostTickets = 200;

    /// <summary>What figures are cut by.</summary>
    public static readonly IReadOnlyList<string> Cuts =
        ["route", "intent", "queue", "rule", "tier", "model", "person"];

    /// <summary>Cut that is everything in one.</summary>
    public const string All = "all";

    /// <summary>
    /// What is not added up yet is few rows, found by an index of their own: the expressions keep off the one by day,
    /// which would read all of the period.
    /// </summary>
    private const string Fresh =
        """
        select day, name, step, sign as n, sign * amount as amount from (
            select day, sign, amount,
                case when $2 in ('latency', 'arrival') then step else 0 end as step,
                case $1 when 'all' then '' when 'route' then route when 'intent' then intent when 'queue' then queue
                    when 'rule' then rule when 'tier' then tier when 'model' then model when 'person' then person
                    end as name
            from insight_facts
            where folded = 0 and day + 0 between $3 and $4
                and coalesce(figure, '') = case $2 when 'latency' then 'decision' when 'arrival' then 'handed_over' else $2 end
        ) fresh where name is not null
        """;

    /// <summary>What a fact is called in the cut of <c>$1</c>.</summary>
    private const string OfCut =
        """
        case $1 when 'route' then route when 'intent' then intent when 'queue' then queue when 'rule' then rule
            when 'tier' then tier when 'model' then model when 'person' then person end
        """;

    private const string Days =
        """
        select day, name, step, n, amount from insight_days
        where cut = $1 and figure = $2 and day between $3 and $4
        """;

    /// <summary>The same in blocks, with days at both ends alone.</summary>
    private const string Parts =
        """
        select day, name, step, n, amount from insight_days
        where cut = $1 and figure = $2 and day between $3 and $5
        union all
        select day, name, step, n, amount from insight_days
        where cut = $1 || '/16' and figure = $2 and day between $7 and $8
        union all
        select day, name, step, n, amount from insight_days
        where cut = $1 and figure = $2 and day between $6 and $4
        union all
        """;

    /// <summary>Every figure of a period.</summary>
    public static IReadOnlyDictionary<string, InsightCount> Totals(ReadConnection connection, InsightPeriod period) =>
        connection.Query(
            """
            select figure, sum(n), sum(amount) from (
                select figure, n, amount from insight_days where cut = 'all' and day between $1 and $3
                union all
                select figure, n, amount from insight_days where cut = 'all/16' and day between $5 and $6
                union all
                select figure, n, amount from insight_days where cut = 'all' and day between $4 and $2
                union all
                select figure, sign, sign * amount from insight_facts where folded = 0 and day + 0 between $1 and $2
            ) parts group by figure
            """,
            row => (Figure: row.Text(0), Count: new InsightCount(row.Int64(1), row.Int64(2))), period.From, period.To,
            period.Edges.Before, period.Edges.After, period.Blocks.First, period.Blocks.Last)
            .ToDictionary(f => f.Figure, f => f.Count);

    /// <summary>A figure by the names of a cut, and by steps where it has some.</summary>
    public static List<InsightRow> ByName(
        ReadConnection connection, string figure, string cut, InsightPeriod period) => connection.Query(
            $"""
            select 0, name, step, sum(n), sum(amount) from ({Parts} {Fresh}) parts group by name, step order by name, step
            """, Read, cut, figure, period.From, period.To, period.Edges.Before, period.Edges.After, period.Blocks.First,
            period.Blocks.Last);

    /// <summary>The same, day by day.</summary>
    public static List<InsightRow> ByDay(
        ReadConnection connection, string figure, string cut, InsightPeriod period) => connection.Query(
            $"""
            select day, name, 0, sum(n), sum(amount) from ({Days} union all {Fresh}) parts group by day, name order by day, name
            """, Read, cut, figure, period.From, period.To);

    /// <summary>The tickets behind a figure, newest day first.</summary>
    /// <param name="name">A name of the cut, or null for all.</param>
    /// <param name="after">The last ticket of the page before, or null.</param>
    public static List<InsightTicket> Tickets(
        ReadConnection connection, string figure, string cut, string? name, InsightPeriod period, InsightTicket? after,
        int limit)
    {
        var last = after?.Day ?? period.To;
        if (name is null) return Between(connection, figure, cut, name, (period.From, last), after, limit);
        var found = new List<InsightTicket>();
        // The sums know on which days the name is, so that a rare one is not looked for in every fact of a year.
        foreach (var day in DaysOf(connection, figure, cut, name, period.From, last))
        {
            found.AddRange(Between(
                connection, figure, cut, name, (day, day), after?.Day == day ? after : null, limit - found.Count));
            if (found.Count >= limit) break;
        }
        return found;
    }

    /// <summary>The days on which a name counts, newest first.</summary>
    private static List<long> DaysOf(
        ReadConnection connection, string figure, string cut, string name, long from, long to) => connection.Query(
            $"""
            select day from insight_days
            where cut = $1 and figure = $2 and day between $4 and $5 and name = $3
            union
            select day from insight_facts
            where folded = 0 and day + 0 between $4 and $5 and coalesce(figure, '') = $2 and $3 = {OfCut}
            order by 1 desc
            """,
            row => row.Int64(0), cut, figure, name, from, to);

    private static List<InsightTicket> Between(
        ReadConnection connection, string figure, string cut, string? name, (long From, long To) days,
        InsightTicket? after, int limit) => connection.Query(
            $"""
            select conversation_id, turn, day from insight_facts
            where figure = $2 and day between $4 and $5 and (cast($3 as text) is null or $3 = {OfCut})
                and (day < $5 or cast($6 as text) is null or conversation_id < $6
                    or (conversation_id = $6 and turn < $7))
            group by day, conversation_id, turn having sum(sign) > 0
            order by day desc, conversation_id desc, turn desc limit $8
            """,
            row => new InsightTicket(row.Text(0), row.Int32(1), row.Int64(2)),
            cut, figure, name, days.From, days.To, after?.Id, (long)(after?.Turn ?? 0), (long)limit);

    private static InsightRow Read(Row row) =>
        new(row.Int64(0), row.Text(1), row.Int32(2), row.Int64(3), row.Int64(4));
}
