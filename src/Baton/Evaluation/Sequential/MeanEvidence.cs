namespace Baton.Evaluation.Sequential;

/// <summary>
/// The same for means: a mixture sequential probability ratio test (Robbins 1970; Johari, Pekelis and Walsh 2015) of
/// the difference of two arms, within each share and weighed together, so that a day on which everything is slower is
/// no fault of the arm that had more of it. It rests on the normal distribution of means, so it is silent below
/// <see cref="Fewest"/> tickets an arm.
/// </summary>
internal static class MeanEvidence
{
    /// <summary>Tickets in each arm.</summary>
    public const int Fewest = 30;

    /// <summary>Differences of about so many standard deviations are looked for.</summary>
    private const double Expected = 0.3;

    /// <summary>That the candidate's mean is more than so many times the control's, plus an offset.</summary>
    /// <param name="times">1: as much.</param>
    /// <param name="plus">In the unit of the values; for logarithms, that of the tolerated ratio.</param>
    public static double Higher(IReadOnlyList<ArmSums> strata, double times, double plus = 0)
    {
        var (difference, variance, spread) = Difference(strata, times);
        if (variance <= 0) return 0;
        difference -= plus;
        if (difference <= 0) return 0;
        var expected = Expected * Expected * spread;
        return 0.5 * Math.Log(variance / (variance + expected))
            + expected * difference * difference / (2 * variance * (variance + expected));
    }

    /// <summary>Difference of the means, its variance, and the variance of one value.</summary>
    public static (double Value, double Variance, double Spread) Difference(
        IReadOnlyList<ArmSums> strata, double times = 1)
    {
        var (weights, difference, variance, spread) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (candidate, control) in strata)
        {
            if (candidate.N < Fewest || control.N < Fewest) continue;
            var weight = (double)candidate.N * control.N / (candidate.N + control.N);
            weights += weight;
            difference += weight * (candidate.Mean - times * control.Mean);
            variance += weight * weight
                * (candidate.Variance / candidate.N + times * times * control.Variance / control.N);
            spread += weight * (candidate.Variance + times * times * control.Variance) / 2;
        }
        return weights == 0 ? (0, 0, 0) : (difference / weights, variance / (weights * weights), spread / weights);
    }
}
