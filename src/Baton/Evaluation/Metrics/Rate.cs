namespace Baton.Evaluation.Metrics;

/// <summary>So many of so many.</summary>
public readonly record struct Rate(int Hits, int Of)
{
    /// <summary>Not a number when there is nothing to be a share of.</summary>
    public double Share => Of == 0 ? double.NaN : (double)Hits / Of;

    /// <summary>Wilson's 95 % interval; null when there is nothing to be a share of.</summary>
    public Interval? Interval => Of == 0 ? null : Evaluation.Interval.Wilson(Hits, Of);
}
