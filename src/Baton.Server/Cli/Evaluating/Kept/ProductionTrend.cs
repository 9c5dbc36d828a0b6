using Baton.Conversations.Tallies;
using Baton.Evaluation.Judging;
using Baton.Evaluation.Production;
using Baton.Insights;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>A week of a series.</summary>
/// <param name="N">Scores.</param>
/// <param name="Share">Weighed by how many decisions each score stands for.</param>
/// <param name="IsOver">Whether everything that was decided in it has been scored.</param>
internal sealed record TrendWeek(DateOnly Monday, int N, WeighedShare Share, bool IsOver);

/// <summary>Scores of real decisions by week, or how often second opinions agreed.</summary>
/// <param name="FellIn">
/// The last week that is over, when it is one in which a fall was noticed. Each week is looked at once, whole: one
/// that is still filling up would be looked at every night.
/// </param>
internal sealed record ProductionTrend(string Name, IReadOnlyList<TrendWeek> Weeks, DateOnly? FellIn)
{
    public const string SecondOpinions = "second_opinions";

    private const int Days = 364;

    /// <summary>From Monday to the night in which Sunday's decisions are scored, two days later.</summary>
    private const int Whole = 8;

    /// <summary>Every series that has something.</summary>
    public static IReadOnlyList<ProductionTrend> All(Database database)
    {
        var period = InsightPeriod.Last(Days, database.Clock.GetUtcNow());
        string[] names = [.. LocalScores.Criteria, .. JudgeCriterion.BuiltIn.Select(c => $"judge_{c}")];
        return
        [
            .. names.Select(name => database.Read(c => Scores(c, name, period)))
                .Append(database.Read(c => Opinions(c, period))).Where(t => t.Weeks.Count > 0),
        ];
    }

    private static ProductionTrend Scores(ReadConnection connection, string criterion, InsightPeriod period)
    {
        var plain = ByWeek(connection, TallyFigure.Scored(criterion), period);
        var sums = ByWeek(connection, TallyFigure.ScoredSum(criterion), period);
        var weights = ByWeek(connection, TallyFigure.ScoredWeight(criterion), period);
        var squares = ByWeek(connection, TallyFigure.ScoredSquares(criterion), period);
        var squareSums = ByWeek(connection, TallyFigure.ScoredSquareSum(criterion), period);
        return Of(criterion, period, [.. plain.Keys.Order().Where(week => plain[week].N > 0).Select(week => (
            week, (int)plain[week].N, WeighedShare.Of(plain[week].N, Of(weights, week), Of(sums, week),
                Of(squares, week), Of(squareSums, week))))]);
    }

    private static ProductionTrend Opinions(ReadConnection connection, InsightPeriod period)
    {
        var rows = connection.Query(
            """
            select at / 86400000, count(*), sum(case when agrees_on_route = 1 then 1 else 0 end) from second_opinions
            where at >= $1 and agrees_on_route is not null group by at / 86400000
            """,
            row => (Day: row.Int64(0), N: row.Int32(1), Agreed: row.Int32(2)), period.From * 86_400_000);
        return Of(SecondOpinions, period, [.. rows.GroupBy(r => Monday(r.Day)).OrderBy(g => g.Key).Select(g => (
            g.Key, g.Sum(r => r.N), WeighedShare.Of(g.Sum(r => r.N), g.Sum(r => r.N), g.Sum(r => r.Agreed),
                g.Sum(r => r.N), g.Sum(r => r.Agreed))))]);
    }

    private static ProductionTrend Of(
        string name, InsightPeriod period, IReadOnlyList<(DateOnly Monday, int N, WeighedShare Share)> found)
    {
        var today = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)period.To);
        List<TrendWeek> weeks =
            [.. found.Select(w => new TrendWeek(w.Monday, w.N, w.Share, w.Monday.AddDays(Whole) <= today))];
        List<ScoredWeek> over = [.. weeks.Where(w => w.IsOver).Select(w => ScoredWeek.Of(w.Monday, w.Share))];
        return new ProductionTrend(name, weeks,
            FallDetector.Alarms(over) is [.., var last] && last.Monday == over[^1].Monday ? last.Monday : null);
    }

    private static double Of(Dictionary<DateOnly, InsightCount> sums, DateOnly week) =>
        sums.GetValueOrDefault(week).Amount / 1e6;

    private static Dictionary<DateOnly, InsightCount> ByWeek(
        ReadConnection connection, string figure, InsightPeriod period) =>
        InsightReader.ByDay(connection, figure, InsightReader.All, period).GroupBy(row => Monday(row.Day))
            .ToDictionary(g => g.Key, g => new InsightCount(g.Sum(r => r.N), g.Sum(r => r.Amount)));

    /// <summary>Day 0 was a Thursday.</summary>
    private static DateOnly Monday(long day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)(day - (day + 3) % 7));
}
