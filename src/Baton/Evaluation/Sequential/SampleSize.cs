namespace Baton.Evaluation.Sequential;

/// <summary>How many tickets a comparison needs before it is begun. Formulas: <c>docs/evaluation.md</c>.</summary>
internal static class SampleSize
{
    /// <summary>Two shares, of an arm each: n an arm, two-sided.</summary>
    public static int OfShares(double one, double other, double alpha = 0.05, double power = 0.8) => Ceiling(
        Square(Normal.Quantile(1 - alpha / 2) + Normal.Quantile(power))
        * (one * (1 - one) + other * (1 - other)) / Square(one - other));

    /// <summary>Two means that differ by so many standard deviations: n an arm, two-sided.</summary>
    public static int OfMeans(double difference, double alpha = 0.05, double power = 0.8) => Ceiling(
        2 * Square(Normal.Quantile(1 - alpha / 2) + Normal.Quantile(power)) / Square(difference));

    /// <summary>Not worse by more than a margin: n an arm, one-sided.</summary>
    public static int OfNonInferiority(double share, double margin, double alpha = 0.05, double power = 0.8) => Ceiling(
        Square(Normal.Quantile(1 - alpha) + Normal.Quantile(power)) * 2 * share * (1 - share) / Square(margin));

    /// <summary>The same tickets under both: pairs, two-sided (McNemar; Connor 1987).</summary>
    /// <param name="better">Share of pairs in which only the candidate is right.</param>
    /// <param name="worse">Share of pairs in which only the control is.</param>
    public static int OfPairs(double better, double worse, double alpha = 0.05, double power = 0.8)
    {
        var (discordant, difference) = (better + worse, better - worse);
        return Ceiling(Square((Normal.Quantile(1 - alpha / 2) * Math.Sqrt(discordant)
            + Normal.Quantile(power) * Math.Sqrt(discordant - difference * difference)) / difference));
    }

    private static double Square(double value) => value * value;

    private static int Ceiling(double value) => value >= int.MaxValue ? int.MaxValue : (int)Math.Ceiling(value - 1e-9);
}
