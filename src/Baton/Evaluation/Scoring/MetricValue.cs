using System.Text.Json.Nodes;

namespace Baton.Evaluation.Scoring;

/// <summary>A metric over a set of tickets.</summary>
/// <param name="N">Tickets that it says something about.</param>
/// <param name="Undefined">Tickets that were left out.</param>
/// <param name="Interval">95 %; an end that a sample of this size cannot give is infinite.</param>
public sealed record MetricValue(double Value, Interval Interval, int N, int Undefined)
{
    private const int Seed = 20_260_101;

    /// <summary>
    /// One value of all scores. Runs of one ticket are averaged first, because they are not independent.
    /// </summary>
    /// <param name="scores">By ticket, one for each run.</param>
    public static MetricValue Of(MetricKind kind, IReadOnlyList<IReadOnlyList<MetricScore?>> scores)
    {
        List<MetricScore> means = [.. scores.Select(Mean).OfType<MetricScore>()];
        var undefined = scores.Count - means.Count;
        if (means.Count == 0 || (kind != MetricKind.P95 && means.Sum(m => m.Weight) == 0))
            return new MetricValue(double.NaN, new Interval(double.NaN, double.NaN), means.Count, undefined);
        var (value, interval) = kind switch
        {
            MetricKind.Rate => Share(means),
            MetricKind.Mean => (Ratio(means), Interval.Bootstrap(
                means.Count, drawn => Ratio([.. drawn.Select(i => means[i])]), Seed)),
            _ => Percentile95(means),
        };
        return new MetricValue(value, interval, means.Count, undefined);
    }

    /// <summary><c>{value, low, high, n, undefined}</c>; what is no number is null.</summary>
    public JsonObject ToJson() => new()
    {
        ["value"] = Number(Value), ["low"] = Number(Interval.Low), ["high"] = Number(Interval.High), ["n"] = N,
        ["undefined"] = Undefined,
    };

    private static MetricScore? Mean(IReadOnlyList<MetricScore?> runs)
    {
        var known = runs.OfType<MetricScore>().ToList();
        return known.Count == 0 ? null : new MetricScore(known.Average(s => s.Value), known.Average(s => s.Weight));
    }

    private static (double, Interval) Share(List<MetricScore> means)
    {
        var sum = means.Sum(m => m.Value);
        return (sum / means.Count, Interval.Wilson(sum, means.Count));
    }

    private static double Ratio(IReadOnlyList<MetricScore> means) => means.Sum(m => m.Value) / means.Sum(m => m.Weight);

    private static (double, Interval) Percentile95(List<MetricScore> means)
    {
        List<double> sorted = [.. means.Select(m => m.Value).Order()];
        var (low, high) = PercentileRanks.Of(sorted.Count, 0.95);
        return (sorted[(int)Math.Ceiling(0.95 * sorted.Count) - 1], new Interval(
            low < 1 ? double.NegativeInfinity : sorted[low - 1],
            high > sorted.Count ? double.PositiveInfinity : sorted[high - 1]));
    }

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
