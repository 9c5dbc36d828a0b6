using System.Globalization;
using Baton.Evaluation.Sequential;

namespace Baton.Evaluation.Rollouts;

/// <summary>What an A/B comparison says of its one metric.</summary>
/// <param name="Word"><c>better</c>, <c>worse</c>, <c>no_difference</c> or <c>undecided</c>.</param>
internal sealed record ArmVerdict(string Word, string Why)
{
    private const string Undecided = "undecided";

    /// <summary>Whether more tickets change nothing about it.</summary>
    public bool IsFinal => Word != Undecided;

    /// <summary>What is shown: the one that was made, or how many tickets are missing.</summary>
    public static ArmVerdict Of(Rollout rollout, ArmComparison comparison, IReadOnlyList<ArmFigures> arms)
    {
        if (rollout.Verdict is { } made) return made;
        if (Of(comparison, arms) is { IsFinal: false } open) return open;
        // It is not shown before it is kept: what is looked at twice errs twice.
        return new ArmVerdict(Undecided, "there is enough data; a server that runs makes the verdict once");
    }

    /// <summary>What the tickets say now.</summary>
    public static ArmVerdict Of(ArmComparison comparison, IReadOnlyList<ArmFigures> arms)
    {
        var (own, others) = (Tickets(arms, true, comparison.Metric), Tickets(arms, false, comparison.Metric));
        var reading = GuardReading.Of(new RolloutGuard(comparison.Metric), arms);
        if (!comparison.Sequential && Math.Min(own, others) < comparison.PerArm)
            return new ArmVerdict(Undecided, string.Create(CultureInfo.InvariantCulture,
                $"not enough data: {own:N0} and {others:N0} of {comparison.PerArm:N0} tickets; a fixed plan is looked at once, at its end"));
        var word = comparison.Sequential ? Sequential(comparison, arms) : Fixed(comparison, arms);
        if (word is null && comparison.Sequential && Math.Min(own, others) < comparison.PerArm)
            return new ArmVerdict(Undecided, string.Create(CultureInfo.InvariantCulture,
                $"{reading.Why}; up to about {comparison.PerArm - Math.Min(own, others):N0} more an arm decide it"));
        return new ArmVerdict(word ?? "no_difference", reading.Why);
    }

    private static long Tickets(IReadOnlyList<ArmFigures> arms, bool candidate, string metric) =>
        arms.Where(a => a.IsCandidate == candidate).Sum(a => a.Of(metric));

    /// <summary>Both directions share the chance of an error.</summary>
    private static string? Sequential(ArmComparison comparison, IReadOnlyList<ArmFigures> arms)
    {
        var bar = Math.Log(2 / comparison.Alpha);
        double more, fewer;
        if (IsMean(comparison.Metric))
        {
            var strata = ArmFigures.Strata(arms, comparison.Metric);
            more = MeanEvidence.Higher(strata, 1);
            fewer = MeanEvidence.Higher([.. strata.Select(s => new ArmSums(s.Control, s.Candidate))], 1);
        }
        else
        {
            var counts = ArmFigures.Counts(arms, comparison.Metric);
            more = RateEvidence.MoreOften(counts);
            fewer = RateEvidence.MoreOften([.. counts.Select(c => c.Exchanged)]);
        }
        return more >= bar ? "worse" : fewer >= bar ? "better" : null;
    }

    /// <summary>A z-test of two proportions (pooled), or of two means.</summary>
    private static string? Fixed(ArmComparison comparison, IReadOnlyList<ArmFigures> arms)
    {
        double z;
        if (IsMean(comparison.Metric))
        {
            var (difference, variance, _) = MeanEvidence.Difference(ArmFigures.Strata(arms, comparison.Metric));
            z = variance <= 0 ? 0 : difference / Math.Sqrt(variance);
        }
        else
        {
            var (own, others) = (Sum(arms, true, comparison.Metric), Sum(arms, false, comparison.Metric));
            z = TwoShares(own.Events, own.Of, others.Events, others.Of);
        }
        return 2 * (1 - Normal.Below(Math.Abs(z))) > comparison.Alpha ? null : z > 0 ? "worse" : "better";
    }

    /// <summary>The statistic of the pooled z-test of two proportions.</summary>
    public static double TwoShares(long events, long of, long otherEvents, long otherOf)
    {
        if (of == 0 || otherOf == 0) return 0;
        var pooled = (double)(events + otherEvents) / (of + otherOf);
        var variance = pooled * (1 - pooled) * (1.0 / of + 1.0 / otherOf);
        return variance <= 0 ? 0 : ((double)events / of - (double)otherEvents / otherOf) / Math.Sqrt(variance);
    }

    private static (long Events, long Of) Sum(IReadOnlyList<ArmFigures> arms, bool candidate, string metric)
    {
        var own = arms.Where(a => a.IsCandidate == candidate).ToList();
        return (own.Sum(a => a.Events(metric)), own.Sum(a => a.Of(metric)));
    }

    private static bool IsMean(string metric) => metric is RolloutGuard.Cost or RolloutGuard.Latency;
}
