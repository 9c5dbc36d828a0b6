namespace Baton.Playbooks.Gates;

/// <summary>
/// Bars that were fields of <c>evals/gates.yaml</c> before there was a list of gates; they are held as what they are
/// called now.
/// </summary>
internal sealed record FlatGates(string Metric, GateSource Source, bool IsLeast, string? Slice = null, double Times = 1)
{
    private static readonly Dictionary<string, FlatGates> Known = new()
    {
        ["faithfulness_min"] = new("faithfulness", GateSource.Eval, true),
        ["tool_call_success_first_attempt_min"] = new("tool_success_first_attempt", GateSource.Eval, true),
        ["hallucination_max"] = new("hallucination_rate", GateSource.Eval, false),
        ["deflection_min"] = new("deflection", GateSource.Production, true),
        ["latency_p95_seconds_commodity_max"] =
            new("latency_ms_p95", GateSource.Production, false, "decided_by=commodity", 1_000),
        ["latency_p95_seconds_reasoning_max"] =
            new("latency_ms_p95", GateSource.Production, false, "decided_by=reasoning", 1_000),
        ["csat_change_min"] = new("csat_change", GateSource.Production, true),
        ["shadow_agreement_min"] = new("shadow_agreement", GateSource.Production, true),
        ["kill_switch_drill_seconds_max"] = new("kill_switch_drill_seconds", GateSource.Drill, false),
        ["pilot_deflection_min"] = new("pilot_deflection", GateSource.Production, true),
        ["escalation_rate_min"] = new("escalation_rate", GateSource.Production, true),
        ["escalation_rate_max"] = new("escalation_rate", GateSource.Production, false),
    };

    public static IReadOnlyCollection<string> Keys => Known.Keys;

    public static FlatGates? Of(string key) => Known.GetValueOrDefault(key);

    /// <summary>Figures that no run over labelled tickets has.</summary>
    public static IEnumerable<string> Elsewhere =>
        Known.Values.Where(f => f.Source != GateSource.Eval).Select(f => f.Metric).Distinct();

    public FigureGate With(double bar) =>
        new(Metric, IsLeast ? bar * Times : null, IsLeast ? null : bar * Times) { Source = Source, Slice = Slice };

    public string Written(double bar) => FormattableString.Invariant(
        $"- {{ metric: {Metric}{(Source == GateSource.Eval ? "" : $", source: {EnumWords.Of(Source)}")}")
        + (Slice is null ? "" : $", slice: {Slice}")
        + FormattableString.Invariant($", {(IsLeast ? "at_least" : "at_most")}: {bar * Times} }}");
}
