namespace Baton.Evaluation.Scoring;

/// <summary>
/// Ranks between which a percentile lies with 95 % (Hahn and Meeker, Statistical Intervals, 1991, section 5.2): as many
/// of n values are below it as a binomial draw says, whatever their distribution.
/// </summary>
internal static class PercentileRanks
{
    private const double Tail = 0.025;

    /// <returns>Ranks from 1; 0 and n + 1 mean that the sample has no such end.</returns>
    public static (int Low, int High) Of(int n, double share)
    {
        var (low, high) = (0, n + 1);
        var (below, term) = (0.0, n * Math.Log(1 - share));
        for (var hits = 0; hits <= n; hits++)
        {
            var before = below;
            below += Math.Exp(term);
            term += Math.Log((n - hits) * share / ((hits + 1) * (1 - share)));
            // P(at most hits values below) <= tail: the value of rank hits + 1 is too low with no more than that.
            if (below <= Tail) low = hits + 1;
            if (before < 1 - Tail && below >= 1 - Tail && hits < n) high = hits + 1;
        }
        return (low, high);
    }
}
