using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Evaluation.Judging;
using Baton.Evaluation.Production;
using Baton.Insights;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>A week of a series.</summary>
/// <param name="Value">Weighed by how many decisions each score stands for.</param>
internal sealed record TrendWeek(DateOnly Monday, int N, double Value, Interval Interval);

/// <summary>Scores of real decisions by week, or how often second opinions agreed.</summary>
/// <param name="FellIn">The last week, when it is one in which a fall was noticed.</param>
internal sealed record ProductionTrend(string Name, IReadOnlyList<TrendWeek> Weeks, DateOnly? FellIn)
{
    public const string SecondOpinions = "second_opinions";

    private const int Days = 364;

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
        return Of(criterion, [.. plain.Keys.Order().Where(week => plain[week].N > 0).Select(week => (
            new ScoredWeek(week, (int)plain[week].N, plain[week].N - plain[week].Amount / 1e6),
            weights.GetValueOrDefault(week).Amount is > 0 and var weight
                ? sums.GetValueOrDefault(week).Amount / (double)weight : 0))]);
    }

    private static ProductionTrend Opinions(ReadConnection connection, InsightPeriod period)
    {
        var rows = connection.Query(
            """
            select at / 86400000, count(*), sum(case when agrees_on_route = 1 then 1 else 0 end) from second_opinions
            where at >= $1 and agrees_on_route is not null group by at / 86400000
            """,
            row => (Day: row.Int64(0), N: row.Int32(1), Agreed: row.Int32(2)), period.From * 86_400_000);
        return Of(SecondOpinions, [.. rows.GroupBy(r => Monday(r.Day)).OrderBy(g => g.Key).Select(g => (
            new ScoredWeek(g.Key, g.Sum(r => r.N), g.Sum(r => r.N - r.Agreed)),
            g.Sum(r => r.Agreed) / (double)g.Sum(r => r.N)))]);
    }

    private static ProductionTrend Of(string name, IReadOnlyList<(ScoredWeek Week, double Value)> weeks) => new(
        name,
        [
            .. weeks.Select(w => new TrendWeek(
                w.Week.Monday, w.Week.N, w.Value, Interval.Wilson(w.Value * w.Week.N, w.Week.N))),
        ],
        FallDetector.Alarms([.. weeks.Select(w => w.Week)]) is [.., var last] && last.Monday == weeks[^1].Week.Monday
            ? last.Monday : null);

    private static Dictionary<DateOnly, InsightCount> ByWeek(
        ReadConnection connection, string figure, InsightPeriod period) =>
        InsightReader.ByDay(connection, figure, InsightReader.All, period).GroupBy(row => Monday(row.Day))
            .ToDictionary(g => g.Key, g => new InsightCount(g.Sum(r => r.N), g.Sum(r => r.Amount)));

    /// <summary>Day 0 was a Thursday.</summary>
    private static DateOnly Monday(long day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)(day - (day + 3) % 7));
}
