using Baton.Evaluation.Scoring;

namespace Baton.Evaluation.Gates;

/// <summary>How many more tickets would decide a gate if the figure stayed what it is.</summary>
internal static class MoreTickets
{
    /// <summary>Beyond it a number says nothing but "very many".</summary>
    private const int Most = 10_000_000;

    /// <summary>Until the interval no longer holds the bar; null when the value is the bar.</summary>
    public static int? ToExclude(double bar, MetricKind kind, MetricValue value)
    {
        if (kind != MetricKind.Rate)
            return OfWidth((value.Interval.High - value.Interval.Low) / 2, value.Value - bar, value.N);
        if (value.Value == bar) return null;
        var (low, high) = (value.N, Most);
        if (Holds(bar, value.Value, high)) return null;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Holds(bar, value.Value, middle)) low = middle;
            else high = middle;
        }
        return high - value.N;
    }

    /// <summary>An interval shrinks with the square root of its tickets.</summary>
    /// <param name="half">Half of its width now.</param>
    /// <param name="distance">What half of it may be at most.</param>
    public static int? OfWidth(double half, double distance, int n)
    {
        if (!double.IsFinite(half) || distance == 0) return null;
        var needed = Math.Ceiling(n * Math.Pow(half / distance, 2)) - n;
        return needed > Most ? null : Math.Max(1, (int)needed);
    }

    private static bool Holds(double bar, double share, int n)
    {
        var interval = Interval.Wilson(share * n, n);
        return bar >= interval.Low && bar <= interval.High;
    }
}
