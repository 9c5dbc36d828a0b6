namespace Baton.Evaluation;

/// <summary>A two-sided 95 % interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>
    /// Wilson's score interval for <paramref name="successes"/> of <paramref name="trials"/> (Wilson 1927).
    /// </summary>
    /// <param name="successes">Also a sum of fractions from 0 to 1.</param>
    /// <param name="trials">Also an effective number, where some draws say more than others.</param>
    public static Interval Wilson(double successes, double trials)
    {
        if (trials <= 0) return new Interval(0, 1);
        var n = trials;
        var p = successes / n;
        var centre = p + Z * Z / (2 * n);
        var margin = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        var scale = 1 + Z * Z / n;
        return new Interval(Math.Max(0, (centre - margin) / scale), Math.Min(1, (centre + margin) / scale));
    }

    /// <summary>
    /// Percentile bootstrap (Efron 1979): <paramref name="statistic"/> gets indices drawn with replacement from
    /// <c>0..count-1</c>. Deterministic for a seed; resamples whose statistic is not a number are left out.
    /// </summary>
    public static Interval Bootstrap(int count, Func<int[], double> statistic, int seed, int resamples = 1000)
    {
        if (count == 0) return new Interval(double.NaN, double.NaN);
        var random = new Random(seed);
        var indices = new int[count];
        var values = new List<double>(resamples);
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < count; i++) indices[i] = random.Next(count);
            var value = statistic(indices);
            if (!double.IsNaN(value)) values.Add(value);
        }
        if (values.Count == 0) return new Interval(double.NaN, double.NaN);
        values.Sort();
        return new Interval(Percentile(values, 0.025), Percentile(values, 0.975));
    }

    private static double Percentile(List<double> sorted, double p)
    {
        var position = p * (sorted.Count - 1);
        var low = (int)position;
        var high = Math.Min(low + 1, sorted.Count - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
    }
}
