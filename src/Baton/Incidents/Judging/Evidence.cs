namespace Baton.Incidents.Judging;

/// <summary>
/// How much more probable it is that a rate has risen by a factor than that it is as usual, as the logarithm of the
/// likelihood ratio (Wald 1945; over the newest minutes of several lengths it is Page's 1954 test with a window).
/// Chance
/// alone passes a bound with about its exponential's rarity.
/// </summary>
internal static class Evidence
{
    /// <summary>From here on a rise is said to be one: one look in about 8,000 of chance alone.</summary>
    public const double Enough = 9;

    /// <summary>From here on it counts as evidence for somebody who looks already.</summary>
    public const double Likely = 6;

    /// <summary>Of a count that comes by chance (Poisson).</summary>
    /// <param name="expected">As many are usual in the time.</param>
    /// <param name="factor">More than 1.</param>
    public static double OfCount(double count, double expected, double factor) =>
        (count * Math.Log(factor)) - (expected * (factor - 1));

    /// <summary>Of a share.</summary>
    /// <param name="usual">0 to 1, without both ends.</param>
    public static double OfShare(double hits, double of, double usual, double factor)
    {
        var risen = Math.Min(usual * factor, (1 + usual) / 2);
        return (hits * Math.Log(risen / usual)) + ((of - hits) * Math.Log((1 - risen) / (1 - usual)));
    }
}
