using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Scoring;
using Baton.Evaluation.Sequential;
using Baton.Playbooks;

namespace Baton.Evaluation.Shadows;

/// <summary>A table of two yes-or-no answers to the same messages. Only what differs carries information.</summary>
internal readonly record struct PairTable(long Both, long OnlyReal, long OnlyOwn, long Neither)
{
    public long N => Both + OnlyReal + OnlyOwn + Neither;

    /// <summary>Of all, how many got the same answer.</summary>
    public long Same => Both + Neither;

    /// <summary>ln of the e-value that the two say yes differently often; may be looked at at any time.</summary>
    public double Evidence => Math.Max(
        RateEvidence.MoreOften([new ArmCounts(0.5, OnlyOwn, OnlyReal)]),
        RateEvidence.MoreOften([new ArmCounts(0.5, OnlyReal, OnlyOwn)]));

    public static PairTable Of(IEnumerable<ShadowPair> pairs, Func<StageAnswers, bool> says)
    {
        var counts = new long[4];
        foreach (var pair in pairs) counts[(says(pair.Real) ? 0 : 2) + (says(pair.Own) ? 0 : 1)]++;
        return new PairTable(counts[0], counts[1], counts[2], counts[3]);
    }

    public JsonObject ToJson() => new()
    {
        ["both"] = Both, ["only_production"] = OnlyReal, ["only_candidate"] = OnlyOwn, ["neither"] = Neither,
        ["evidence"] = Math.Round(Evidence, 4),
    };
}

/// <summary>How the report ends.</summary>
/// <param name="Word"><c>pass</c>, <c>fail</c> or <c>undecided</c>.</param>
internal sealed record ShadowVerdict(string Word, string Why);

/// <summary>What a shadow shows: stage by stage, intent by intent, against production and against people.</summary>
internal sealed record ShadowReport(
    Shadow Shadow, IReadOnlyList<ShadowPair> Pairs, IReadOnlyDictionary<string, long> Drops)
{
    private const double Alpha = 0.05, Z = 1.959963984540054;

    private static readonly double Bar = Math.Log(1 / Alpha);

    /// <summary>The stages that are compared, and what each is asked.</summary>
    public static readonly IReadOnlyList<(string Stage, string Asks, Func<StageAnswers, bool> Says)> Stages =
    [
        ("triage", "read an intent", a => a.Intent is not null), ("tone", "urgent", a => a.Urgent),
        ("complexity", "complex", a => a.Complex), ("escalation", "a person", a => a.Person),
        ("resolve", "an answer", a => a.Answered),
    ];

    private List<ShadowPair> Judged => [.. Pairs.Where(p => p.Needed is not null)];

    /// <summary>By stage.</summary>
    public IReadOnlyList<(string Stage, string Asks, PairTable Table)> Tables =>
        [.. Stages.Select(s => (s.Stage, s.Asks, PairTable.Of(Pairs, s.Says)))];

    /// <summary>Who got the message, by intent; the most frequent ones first.</summary>
    public IReadOnlyList<(string Intent, PairTable Table, MetricValue WithPeople)> Intents =>
    [
        .. Pairs.GroupBy(p => p.Intent).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, PairTable.Of(g, a => a.Person),
                People([.. g.Where(p => p.Needed is not null)], p => p.Own))),
    ];

    /// <summary>Of all messages, how many both gave to a person or neither did.</summary>
    public MetricValue WithProduction => Share(Pairs.Count(p => p.Real.Person == p.Own.Person), Pairs.Count);

    /// <summary>
    /// Of messages on which people said whether a person was needed, how many the candidate got right.
    /// </summary>
    public MetricValue WithPeople => People(Judged, p => p.Own);

    /// <summary>The same of production, or of the rules of before.</summary>
    public MetricValue ProductionWithPeople => People(Judged, p => p.Real);

    /// <summary>Needed a person, and the candidate alone saw it.</summary>
    public int Catches => Judged.Count(p => p is { Needed: true, Own.Person: true, Real.Person: false });

    /// <summary>Needed a person, and the candidate alone did not see it.</summary>
    public int Misses => Judged.Count(p => p is { Needed: true, Own.Person: false, Real.Person: true });

    /// <summary>Candidate minus production, a message.</summary>
    public MetricValue CostDifference => Difference(p => p.OwnCostUsd - p.RealCostUsd);

    /// <inheritdoc cref="CostDifference"/>
    public MetricValue LatencyDifference => Difference(p => p.OwnLatencyMs - p.RealLatencyMs);

    /// <summary>Agreement with people against its bar, by a test that may be looked at at any time.</summary>
    public ShadowVerdict Verdict
    {
        get
        {
            var (right, n, bar) = (Judged.Count(p => p.Own.Person == p.Needed), Judged.Count, Shadow.Plan.Agreement);
            if (n == 0)
                return new ShadowVerdict("undecided", "no person has said of any ticket whether one was needed: "
                    + "label some (page Quality, Labels), or say it when closing tickets");
            var found = string.Create(CultureInfo.InvariantCulture,
                $"agrees with people in {right} of {n} ({WithPeople.Value:P1}, {WithPeople.Interval.Low:P1} to "
                + $"{WithPeople.Interval.High:P1}; bar {bar:P0}), caught {Catches} that {Other} missed, missed {Misses}");
            if (RateEvidence.Above(right, n, bar) >= Bar) return new ShadowVerdict("pass", found);
            if (RateEvidence.Below(right, n, bar) >= Bar) return new ShadowVerdict("fail", found);
            var more = MoreTickets.ToExclude(bar, MetricKind.Rate, WithPeople);
            return new ShadowVerdict("undecided", found + (more is null ? "" : $"; about {more:N0} more judged tickets would decide it"));
        }
    }

    /// <summary>Whom it is compared with.</summary>
    public string Other => Shadow.Plan.Only ? "the old rules" : "production";

    /// <summary>The shape is in <c>docs/evaluation.md</c>.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Shadow.Id, ["state"] = EnumWords.Of(Shadow.State), ["candidate"] = Shadow.Candidate,
        ["only"] = Shadow.Plan.Only, ["share"] = Shadow.Plan.Share, ["started"] = Shadow.StartedAt.ToString("O"),
        ["until"] = Shadow.Plan.Until?.ToString("O"), ["ended"] = Shadow.EndedAt?.ToString("O"), ["pairs"] = Pairs.Count,
        ["dropped"] = new JsonObject(Drops.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
        ["stages"] = new JsonObject(Tables.Select(t => KeyValuePair.Create(t.Stage, (JsonNode?)t.Table.ToJson()))),
        ["intents"] = new JsonObject(Intents.Select(i => KeyValuePair.Create(i.Intent, (JsonNode?)new JsonObject
        {
            ["escalation"] = i.Table.ToJson(), ["with_people"] = i.WithPeople.ToJson(),
        }))),
        ["with_production"] = WithProduction.ToJson(), ["with_people"] = WithPeople.ToJson(),
        ["production_with_people"] = ProductionWithPeople.ToJson(), ["catches"] = Catches, ["misses"] = Misses,
        ["cost_difference_usd"] = CostDifference.ToJson(), ["latency_difference_ms"] = LatencyDifference.ToJson(),
        ["verdict"] = Verdict.Word, ["why"] = Verdict.Why,
    };

    private static MetricValue People(List<ShadowPair> judged, Func<ShadowPair, StageAnswers> whose) =>
        Share(judged.Count(p => whose(p).Person == p.Needed), judged.Count);

    private static MetricValue Share(int hits, int of) =>
        new(of == 0 ? double.NaN : (double)hits / of, Interval.Wilson(hits, of), of, 0);

    private MetricValue Difference(Func<ShadowPair, double> of)
    {
        var sums = Pairs.Select(of).Aggregate(
            default(SampleSums), (all, x) => new(all.N + 1, all.Sum + x, all.Squares + x * x));
        var margin = sums.N < 2 ? double.PositiveInfinity : Z * Math.Sqrt(sums.Variance / sums.N);
        return new MetricValue(sums.N == 0 ? double.NaN : sums.Mean,
            new Interval(sums.Mean - margin, sums.Mean + margin), (int)sums.N, 0);
    }
}
