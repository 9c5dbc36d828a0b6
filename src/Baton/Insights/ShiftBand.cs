namespace Baton.Insights;

/// <summary>A share of one day.</summary>
public readonly record struct DayShare(long Day, long Hits, long Of)
{
    public double Value => (double)Hits / Of;
}

/// <summary>Where a day's share was to be expected.</summary>
/// <param name="Baseline">Days that the expectation is made of.</param>
public readonly record struct ShiftBand(double Low, double High, int Baseline)
{
    /// <summary>Days before the day that are looked at.</summary>
    public const int Window = 28;

    /// <summary>Below so many days with decisions nothing is expected of the next one.</summary>
    public const int Fewest = 7;

    private const double Sigmas = 3;

    /// <summary>The mean distance of two neighbours in standard deviations, for what is normal (d2 of two).</summary>
    private const double NeighbourDistance = 1.128;

    /// <summary>
    /// The control limits of Laney's p' chart (Laney 2002): three standard deviations around the share of the days
    /// before, wider by as much as those days spread more than chance does: weekends and campaigns are no shifts. Never
    /// narrower than chance. Null while there are too few days.
    /// </summary>
    /// <param name="before">The days before, oldest first; those without decisions are passed over.</param>
    /// <param name="of">Decisions of the day.</param>
    public static ShiftBand? Expect(IEnumerable<DayShare> before, long of)
    {
        var days = before.Where(d => d.Of > 0).TakeLast(Window).ToList();
        if (days.Count < Fewest || of == 0) return null;
        // Half a hit more and half a miss more: what never happened may happen.
        var share = (days.Sum(d => d.Hits) + 0.5) / (days.Sum(d => d.Of) + 1);
        var spread = Math.Sqrt(share * (1 - share));
        var scores = days.ConvertAll(d => (d.Value - share) / (spread / Math.Sqrt(d.Of)));
        var distance = scores.Zip(scores.Skip(1), (a, b) => Math.Abs(a - b)).Average();
        var half = Sigmas * Math.Max(1, distance / NeighbourDistance) * spread / Math.Sqrt(of);
        return new ShiftBand(Math.Max(0, share - half), Math.Min(1, share + half), days.Count);
    }

    /// <summary>Whether a day leaves the band.</summary>
    public bool Excludes(DayShare day) => day.Value < Low || day.Value > High;
}
