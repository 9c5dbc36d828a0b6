using System.Diagnostics.Metrics;
using Baton.Conversations.Tallies;
using Baton.Storage.Measured;

namespace Baton.Insights.Measuring;

/// <summary>
/// What happens to tickets and what slices see, as metrics. Names of tags come from closed sets: figures, routes,
/// tiers,
/// series, and at most <see cref="SeriesRows.MostNames"/> names of a series.
/// </summary>
internal sealed class SeriesMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Baton.Insights";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _facts;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _latency;
    private volatile IReadOnlyList<Measurement<double>> _seen = [];

    public SeriesMeter()
    {
        _facts = _meter.CreateCounter<long>(
            "baton.facts", "{fact}", "What happened to tickets, by figure of docs/insights.md.");
        _decisions = _meter.CreateCounter<long>("baton.decisions", "{decision}", "Decisions by route and tier.");
        _latency = _meter.CreateHistogram("baton.decision.duration", "s", "Time of a decision.", null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32],
            });
        _meter.CreateObservableGauge(
            "baton.seen", () => _seen, null, "What slices see once a minute, by series: levels that alerts are held against.");
    }

    /// <summary>Facts that were added up just now.</summary>
    public void Count(IEnumerable<FoldedCount> counts)
    {
        foreach (var (figure, route, tier, step, n) in counts)
        {
            _facts.Add(n, new KeyValuePair<string, object?>("figure", figure));
            if (figure != TallyFigure.Decision) continue;
            _decisions.Add(n, new("route", route), new("tier", tier));
            for (var i = 0; i < n; i++) _latency.Record(LatencyStep.UpperMs(step) / 1000);
        }
    }

    /// <summary>What was seen last.</summary>
    public void See(IEnumerable<SeriesPoint> points) => _seen =
    [
        .. points.GroupBy(p => p.Series).SelectMany(s => s.DistinctBy(p => p.Name).Take(SeriesRows.MostNames))
            .Select(p => new Measurement<double>(p.Value, new("series", p.Series), new("name", p.Name))),
    ];

    public void Dispose() => _meter.Dispose();
}

/// <summary>How often something happened that was added up just now.</summary>
/// <param name="Step">Of the latency of a decision.</param>
internal readonly record struct FoldedCount(string Figure, string Route, string Tier, int Step, long N);
