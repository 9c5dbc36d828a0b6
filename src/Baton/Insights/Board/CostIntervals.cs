using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>Sums of money and counts of one ticket, or of one day.</summary>
internal readonly record struct CostUnit(
    long Spent, long OnAnswers, long Answers, long OnHandedOver, long Resolved);

/// <summary>
/// How sure the figures of money are: 95 % intervals of the percentile bootstrap (Efron 1979) over tickets, or over
/// days when there are many tickets. Dollars, and a share for <paramref name="LostShare"/>; null: too little to say.
/// </summary>
/// <param name="Of">Such as <c>23 tickets</c>.</param>
public sealed record CostIntervals(Interval? PerAnswer, Interval? PerResolved, Interval? LostShare, string Of)
{
    /// <summary>Tickets that are drawn one by one; more go by days.</summary>
    public const int MostTickets = 400;

    /// <summary>With fewer tickets or days an interval of draws says less than it seems to.</summary>
    public const int Fewest = 10;

    private const int Seed = 1, Resamples = 1000;
    private const double Micros = 1_000_000;

    internal static CostIntervals Read(ReadConnection connection, Overview overview)
    {
        var few = overview.Count(TallyFigure.Decision) <= MostTickets && Economics.Of(overview).Resolved <= MostTickets;
        var units = few ? ByTicket(connection, overview.Period) : ByDay(connection, overview.Period);
        return Between(units, few ? "tickets" : "days");
    }

    internal static CostIntervals Between(IReadOnlyList<CostUnit> units, string what) => new(
        Ratio(units, u => u.OnAnswers / Micros, u => u.Answers), Ratio(units, u => u.Spent / Micros, u => u.Resolved),
        Ratio(units, u => u.OnHandedOver, u => u.Spent), $"{units.Count:N0} {what}");

    private static Interval? Ratio(
        IReadOnlyList<CostUnit> units, Func<CostUnit, double> above, Func<CostUnit, double> below)
    {
        var counting = units.Select(u => (A: above(u), B: below(u))).Where(u => u.A != 0 || u.B != 0).ToArray();
        if (counting.Length < Fewest || counting.Sum(u => u.B) <= 0) return null;
        var interval = Interval.Bootstrap(counting.Length, drawn =>
        {
            double a = 0, b = 0;
            foreach (var i in drawn) (a, b) = (a + counting[i].A, b + counting[i].B);
            return b > 0 ? a / b : double.NaN;
        }, Seed, Resamples);
        return double.IsNaN(interval.Low) ? null : interval;
    }

    private static List<CostUnit> ByTicket(ReadConnection connection, InsightPeriod period) => connection.Query(
        """
        select sum(case when figure = 'decision' then sign * amount else 0 end),
            sum(case when figure = 'answered' then sign * amount else 0 end),
            sum(case when figure = 'answered' then sign else 0 end),
            sum(case when figure = 'handed_over' then sign * amount else 0 end),
            sum(case when figure in ('assumed', 'confirmed', 'verified') then sign else 0 end)
        from insight_facts
        where figure in ('decision', 'answered', 'handed_over', 'assumed', 'confirmed', 'verified')
            and day between $1 and $2
        group by conversation_id
        """,
        row => new CostUnit(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4)),
        period.From, period.To);

    private static List<CostUnit> ByDay(ReadConnection connection, InsightPeriod period)
    {
        Dictionary<long, InsightRow> Of(string figure) =>
            InsightReader.ByDay(connection, figure, InsightReader.All, period).ToDictionary(r => r.Day);
        var (spent, answered, lost) =
            (Of(TallyFigure.Decision), Of(TallyFigure.Answered), Of(TallyFigure.HandedOver));
        var resolved = Economics.ResolvedStates.Select(s => Of(TallyFigure.Of(s))).ToList();
        return
        [
            .. spent.Keys.Concat(resolved.SelectMany(r => r.Keys)).Distinct().Order().Select(day => new CostUnit(
                spent.GetValueOrDefault(day)?.Amount ?? 0, answered.GetValueOrDefault(day)?.Amount ?? 0,
                answered.GetValueOrDefault(day)?.N ?? 0, lost.GetValueOrDefault(day)?.Amount ?? 0,
                resolved.Sum(r => r.GetValueOrDefault(day)?.N ?? 0))),
        ];
    }
}
