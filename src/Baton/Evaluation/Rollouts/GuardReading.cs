using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Evaluation.Sequential;

namespace Baton.Evaluation.Rollouts;

/// <summary>A figure of one arm with its 95 % interval.</summary>
/// <param name="N">Tickets behind it.</param>
internal readonly record struct ArmValue(double Value, Interval Interval, long N)
{
    public JsonObject ToJson() => new()
    {
        ["value"] = N == 0 ? null : Math.Round(Value, 6), ["low"] = N == 0 ? null : Math.Round(Interval.Low, 6),
        ["high"] = N == 0 ? null : Math.Round(Interval.High, 6), ["n"] = N,
    };
}

/// <summary>A guard held against what became of the tickets.</summary>
/// <param name="Evidence">Logarithm of the e-value; at <see cref="RolloutPlan.Bar"/> it ends the roll-out.</param>
internal sealed record GuardReading(RolloutGuard Guard, ArmValue Candidate, ArmValue Control, double Evidence)
{
    private const double Z = 1.959963984540054;

    /// <summary>In words: what was found, in both arms.</summary>
    public string Why => string.Create(CultureInfo.InvariantCulture,
        $"{Guard.Name}: {Shown(Candidate)} of {Candidate.N} tickets with the candidate, {Shown(Control)} of {Control.N} without");

    /// <summary>Every guard of a plan.</summary>
    public static IReadOnlyList<GuardReading> All(RolloutPlan plan, IReadOnlyList<ArmFigures> arms) =>
        [.. plan.Guards.Select(guard => Of(guard, arms))];

    public static GuardReading Of(RolloutGuard guard, IReadOnlyList<ArmFigures> arms)
    {
        var (own, others) = (arms.Where(a => a.IsCandidate).ToList(), arms.Where(a => !a.IsCandidate).ToList());
        if (guard.Name is RolloutGuard.Cost or RolloutGuard.Latency)
        {
            var strata = ArmFigures.Strata(arms, guard.Name);
            // Latencies are compared by ratio: their logarithms differ by a constant.
            var evidence = guard.Name == RolloutGuard.Cost ? MeanEvidence.Higher(strata, guard.Tolerated)
                : MeanEvidence.Higher(strata, 1, Math.Log(guard.Tolerated));
            return new GuardReading(guard, Mean(own, guard.Name), Mean(others, guard.Name), evidence);
        }
        return new GuardReading(
            guard, Share(own, guard.Name), Share(others, guard.Name), guard.Name == RolloutGuard.Band
                ? Outside(guard, own) : RateEvidence.MoreOften(ArmFigures.Counts(arms, guard.Name), guard.Tolerated));
    }

    private static double Outside(RolloutGuard guard, List<ArmFigures> own)
    {
        var (escalated, tickets) = (own.Sum(a => a.Escalated), own.Sum(a => a.Tickets));
        return Math.Max(RateEvidence.Above(escalated, tickets, guard.High),
            RateEvidence.Below(escalated, tickets, guard.Low));
    }

    private static ArmValue Share(List<ArmFigures> arms, string guard)
    {
        var (events, of) = (arms.Sum(a => a.Events(guard)), arms.Sum(a => a.Of(guard)));
        return new ArmValue(of == 0 ? 0 : (double)events / of, Interval.Wilson(events, of), of);
    }

    private static ArmValue Mean(List<ArmFigures> arms, string guard)
    {
        var sums = ArmFigures.Sum(arms, guard);
        var margin = sums.N == 0 ? 0 : Z * Math.Sqrt(sums.Variance / sums.N);
        double Back(double value) => guard == RolloutGuard.Latency ? Math.Exp(value) - 1 : value;
        return new ArmValue(Back(sums.Mean), new Interval(Back(sums.Mean - margin), Back(sums.Mean + margin)), sums.N);
    }

    private string Shown(ArmValue value) => Guard.Name switch
    {
        RolloutGuard.Cost => FormattableString.Invariant($"${value.Value:0.0000}"),
        RolloutGuard.Latency => FormattableString.Invariant($"{value.Value:0} ms"),
        _ => FormattableString.Invariant($"{value.Value:P1}"),
    };
}
