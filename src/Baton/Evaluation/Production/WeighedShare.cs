namespace Baton.Evaluation.Production;

/// <summary>A share of all that was drawn from, out of draws with unequal chances.</summary>
/// <param name="Effective">Equal draws that would say as much.</param>
internal readonly record struct WeighedShare(double Value, double Effective, Interval Interval)
{
    /// <summary>
    /// The ratio estimate (Hájek 1971) with the interval of Wilson for the effective number of draws (Korn and
    /// Graubard 1998): by the estimated variance and by the weights alone (Kish 1965), whichever is fewer. The variance
    /// by itself is too sure while none of the few heavy draws has failed.
    /// </summary>
    /// <param name="n">Draws.</param>
    /// <param name="weight">Sum of what each stands for.</param>
    /// <param name="sum">Sum of score times that; scores are 0 to 1.</param>
    /// <param name="squares">Sum of its squares.</param>
    /// <param name="squareSum">Sum of score times the squares.</param>
    public static WeighedShare Of(long n, double weight, double sum, double squares, double squareSum)
    {
        if (n == 0 || weight <= 0) return default;
        var value = Math.Clamp(sum / weight, 0, 1);
        // What an earlier version scored has no squares until the ledger is rebuilt: equal draws.
        if (squares <= 0) return new WeighedShare(value, n, Interval.Wilson(value * n, n));
        var effective = Math.Min(n, weight * weight / squares);
        // Scores between 0 and 1 vary less than yes and no: taken as those, they are taken for less sure.
        var spread = ((1 - 2 * value) * squareSum + value * value * squares) / (weight * weight);
        if (n > 1 && spread > 0 && value is > 0 and < 1)
            effective = Math.Min(effective, value * (1 - value) * (n - 1) / (spread * n));
        return new WeighedShare(value, effective, Interval.Wilson(value * effective, effective));
    }
}
