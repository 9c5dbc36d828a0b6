using Baton.Evaluation.Sequential;
using Baton.Storage;

namespace Baton.Evaluation.Rollouts;

/// <summary>What became of the tickets of one arm that were drawn with one share.</summary>
internal sealed record ArmFigures(
    double Share, bool IsCandidate, long Tickets, long Escalated, long Overridden, long Wrong, long Denied, long Rated,
    long Unsatisfied, SampleSums CostUsd, SampleSums LatencyLn)
{
    /// <summary>Both arms of a roll-out, by share.</summary>
    public static List<ArmFigures> Read(ReadConnection connection, string rollout) => connection.Query(
        """
        select share, candidate, count(*), sum(escalated), sum(overridden), sum(wrong), sum(denied), sum(rated),
            sum(unsatisfied), sum(cost_usd), sum(cost_usd * cost_usd), sum(latency_ln), sum(latency_ln * latency_ln)
        from rollout_tickets where rollout_id = $1 group by share, candidate order by share, candidate
        """,
        row => new ArmFigures(row.Double(0), row.Bool(1), row.Int64(2), row.Int64(3), row.Int64(4), row.Int64(5),
            row.Int64(6), row.Int64(7), row.Int64(8), new SampleSums(row.Int64(2), row.Double(9), row.Double(10)),
            new SampleSums(row.Int64(2), row.Double(11), row.Double(12))), rollout);

    /// <summary>Tickets with the event that a guard counts.</summary>
    public long Events(string guard) => guard switch
    {
        RolloutGuard.Csat => Unsatisfied,
        RolloutGuard.Overrides => Overridden,
        RolloutGuard.WrongAnswers => Wrong,
        RolloutGuard.Denials => Denied,
        _ => Escalated,
    };

    /// <summary>Tickets that could have had it.</summary>
    public long Of(string guard) => guard == RolloutGuard.Csat ? Rated : Tickets;

    /// <summary>The figure that a guard compares; null for a share.</summary>
    public SampleSums? Sums(string guard) => guard switch
    {
        RolloutGuard.Cost => CostUsd,
        RolloutGuard.Latency => LatencyLn,
        _ => null,
    };

    /// <summary>Events of both arms, by the share they were drawn with.</summary>
    public static IReadOnlyList<ArmCounts> Counts(IReadOnlyList<ArmFigures> arms, string guard) =>
    [
        .. arms.GroupBy(a => a.Share).Select(g => new ArmCounts(
            g.Key, g.Where(a => a.IsCandidate).Sum(a => a.Events(guard)),
            g.Where(a => !a.IsCandidate).Sum(a => a.Events(guard)))),
    ];

    /// <summary>Values of both arms, by the share they were drawn with.</summary>
    public static IReadOnlyList<ArmSums> Strata(IReadOnlyList<ArmFigures> arms, string guard) =>
    [
        .. arms.GroupBy(a => a.Share).Select(g => new ArmSums(
            Sum(g.Where(a => a.IsCandidate), guard), Sum(g.Where(a => !a.IsCandidate), guard))),
    ];

    /// <summary>All of one arm together.</summary>
    public static SampleSums Sum(IEnumerable<ArmFigures> arms, string guard) => arms.Select(a => a.Sums(guard)!.Value)
        .Aggregate(default(SampleSums), (all, one) => new(all.N + one.N, all.Sum + one.Sum, all.Squares + one.Squares));
}
