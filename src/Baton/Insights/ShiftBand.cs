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
    public static ShiftBand? Expect(IReadOnlyList<DayShare> before, long of)
    {
        // By hand, because a year is six of these a day.
        Span<DayShare> days = stackalloc DayShare[Window];
        var (count, hits, all) = (0, 0L, 0L);
        for (var i = before.Count - 1; i >= 0 && count < Window; i--)
        {
            if (before[i].Of == 0) continue;
            days[count++] = before[i];
            (hits, all) = (hits + before[i].Hits, all + before[i].Of);
        }
        if (count < Fewest || of == 0) return null;
        // Half a hit more and half a miss more: what never happened may happen.
        var share = (hits + 0.5) / (all + 1);
        var spread = Math.Sqrt(share * (1 - share));
        var (distance, last) = (0.0, Score(days[0]));
        for (var i = 1; i < count; i++)
        {
            var score = Score(days[i]);
            (distance, last) = (distance + Math.Abs(last - score), score);
        }
        var half = Sigmas * Math.Max(1, distance / (count - 1) / NeighbourDistance) * spread / Math.Sqrt(of);
        return new ShiftBand(Math.Max(0, share - half), Math.Min(1, share + half), count);

        double Score(DayShare day) => (day.Value - share) / (spread / Math.Sqrt(day.Of));
    }

    /// <summary>Whether a day leaves the band.</summary>
    public bool Excludes(DayShare day) => day.Value < Low || day.Value > High;
}
