using System.Text.Json.Nodes;

namespace Baton.Evaluation.Scoring;

/// <summary>Scores of one ticket, by metric, one for each run.</summary>
public sealed record ScoredTicket(
    EvaluatedTicket Ticket, IReadOnlyDictionary<string, IReadOnlyList<MetricScore?>> Scores)
{
    /// <summary>In how many runs it came out well.</summary>
    public required int Good { get; init; }
}

/// <summary>A group of a slice, with every metric that says something about it.</summary>
public sealed record SlicedValues(
    string Slice, string Group, int Tickets, IReadOnlyList<(IMetric Metric, MetricValue Value)> Values);

/// <summary>Labelled tickets, decided once or several times by one playbook, and every metric over them.</summary>
/// <param name="Playbook">Its version.</param>
public sealed record EvaluationRun(
    string Set, string Playbook, int Runs, IReadOnlyList<IMetric> Metrics, IReadOnlyList<ScoredTicket> Tickets)
{
    /// <summary>How models that judged vary, and how they score what people have scored; null without such.</summary>
    public JsonObject? Judges { get; init; }

    /// <summary>Scores every decision.</summary>
    /// <param name="runs">The tickets as each run decided them, in one order.</param>
    public static async Task<EvaluationRun> ScoreAsync(
        string set, string playbook, IReadOnlyList<IMetric> metrics, IReadOnlyList<IReadOnlyList<EvaluatedTicket>> runs,
        CancellationToken cancellationToken)
    {
        var scored = new List<ScoredTicket>();
        for (var i = 0; i < runs[0].Count; i++)
        {
            var scores = new Dictionary<string, IReadOnlyList<MetricScore?>>();
            foreach (var metric in metrics)
            {
                var each = new MetricScore?[runs.Count];
                for (var r = 0; r < runs.Count; r++)
                    each[r] = await metric.ScoreAsync(runs[r][i], cancellationToken);
                scores[metric.Name] = each;
            }
            scored.Add(new ScoredTicket(runs[0][i], scores) { Good = runs.Count(run => run[i].Judged.Good) });
        }
        return new EvaluationRun(set, playbook, runs.Count, metrics, scored);
    }

    /// <summary>One metric over the tickets of a slice.</summary>
    /// <param name="slice"><c>kind=lookup</c>; null means all.</param>
    public MetricValue Of(IMetric metric, string? slice = null) =>
        Of(metric, Tickets.Where(t => TicketSlices.Has(slice, t.Ticket)));

    /// <summary>
    /// pass^k (Yao et al. 2024): how probably a ticket comes out well k times of k, C(good, k) / C(runs, k) averaged.
    /// </summary>
    public MetricValue Pass(int k) => MetricValue.Of(MetricKind.Rate,
        [.. Tickets.Select(t => (IReadOnlyList<MetricScore?>)[new MetricScore(AllOf(k, t.Good, Runs))])]);

    /// <summary>Groups of each slice, largest first.</summary>
    public IEnumerable<SlicedValues> Slices() =>
        from slice in TicketSlices.All
        from tickets in Tickets.GroupBy(t => slice.Value(t.Ticket)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
        select new SlicedValues(slice.Key, tickets.Key, tickets.Count(),
            [.. Metrics.Select(m => (m, Of(m, tickets))).Where(v => v.Item2.N > 0)]);

    /// <summary>
    /// <c>{set, n, playbook, runs, metrics: {name: {value, low, high, n}}, slices: {kind: {lookup: {name: …}}}}</c>.
    /// </summary>
    public JsonObject ToJson()
    {
        var metrics = new JsonObject(Metrics.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)Of(m).ToJson())));
        for (var k = 1; k <= Runs; k++) metrics[$"pass^{k}"] = Pass(k).ToJson();
        var slices = new JsonObject();
        foreach (var (slice, group, tickets, values) in Slices())
        {
            if (!slices.ContainsKey(slice)) slices[slice] = new JsonObject();
            var sliced = new JsonObject { ["n"] = tickets };
            foreach (var (metric, value) in values) sliced[metric.Name] = value.ToJson();
            slices[slice]![group] = sliced;
        }
        var json = new JsonObject
        {
            ["set"] = Set, ["n"] = Tickets.Count, ["playbook"] = Playbook, ["runs"] = Runs, ["metrics"] = metrics,
            ["slices"] = slices,
        };
        if (Judges is not null) json["judges"] = Judges.DeepClone();
        return json;
    }

    private static MetricValue Of(IMetric metric, IEnumerable<ScoredTicket> tickets) =>
        MetricValue.Of(metric.Kind, [.. tickets.Select(t => t.Scores[metric.Name])]);

    private static double AllOf(int k, int good, int runs)
    {
        var probability = 1.0;
        for (var i = 0; i < k; i++) probability *= Math.Max(0, good - i) / (double)(runs - i);
        return probability;
    }
}
