using System.Globalization;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Playbooks.Gates;

namespace Baton.Evaluation.Gates;

/// <summary>Holds gates against runs. A verdict is given only where the data allow one.</summary>
public static class GateJudge
{
    /// <param name="current">The same tickets decided by the playbook in force; null when it was not run.</param>
    /// <param name="traffic">Figures of real traffic by name, shares; null when they were not asked for.</param>
    public static IReadOnlyList<GateOutcome> Judge(
        IReadOnlyList<FigureGate> gates, EvaluationRun run, EvaluationRun? current = null,
        IReadOnlyDictionary<string, MetricValue>? traffic = null) =>
        [.. gates.Select(gate => One(gate, run, current, traffic))];

    /// <summary>0 when every gate of the run passed, 1 when one failed, 3 when data are missing for one.</summary>
    public static int ExitCode(IReadOnlyList<GateOutcome> outcomes)
    {
        var held = outcomes.Where(o => o.IsHeld).ToList();
        return held.Any(o => o.Verdict == GateVerdictKind.Fail) ? 1
            : held.Any(o => o.Verdict == GateVerdictKind.Undecided) ? 3 : 0;
    }

    private static GateOutcome One(
        FigureGate gate, EvaluationRun run, EvaluationRun? current, IReadOnlyDictionary<string, MetricValue>? traffic)
    {
        if (gate.Source == GateSource.Production && gate.Slice is null
            && traffic?.GetValueOrDefault(gate.Metric) is { N: > 0 } real)
            return AgainstBar(gate, MetricKind.Rate, real);
        if (gate.Source != GateSource.Eval)
            return Undecided(gate, null, $"it is measured in {EnumWord(gate.Source)}, not by a run over labelled tickets");
        var name = TicketRate.NameOf(gate.Metric);
        if (run.Metrics.FirstOrDefault(m => m.Name == name) is not { } metric)
            return Undecided(gate, null, "nothing here measures it: it needs the sentence encoder or a model");
        var value = run.Of(metric, gate.Slice);
        if (value.N == 0 || double.IsNaN(value.Value))
            return Undecided(gate, value, "no ticket of the set says anything about it");
        var bar = gate.AtLeast is null && gate.AtMost is null ? null : AgainstBar(gate, metric.Kind, value);
        var other = gate.WorseBy is { } by ? AgainstCurrent(gate, metric, value, by, run, current) : null;
        return bar is null ? other! : other is null ? bar : Worse(bar, other);
    }

    private static GateOutcome AgainstBar(FigureGate gate, MetricKind kind, MetricValue value)
    {
        var (ends, shown) = (value.Interval, Shown(value));
        if (gate.Rule == GateRule.Point)
            return new GateOutcome(gate, Keeps(gate, value.Value, value.Value) ? GateVerdictKind.Pass
                : GateVerdictKind.Fail, value, shown);
        if (Keeps(gate, ends.Low, ends.High)) return new GateOutcome(gate, GateVerdictKind.Pass, value, shown);
        if (gate.AtLeast > ends.High || gate.AtMost < ends.Low)
            return new GateOutcome(gate, GateVerdictKind.Fail, value, shown);
        var needed = Bars(gate).Where(b => b >= ends.Low && b <= ends.High)
            .Select(b => MoreTickets.ToExclude(b, kind, value)).Max();
        return Undecided(gate, value, $"{shown}: the bar is inside the interval", needed);
    }

    private static GateOutcome AgainstCurrent(
        FigureGate gate, IMetric metric, MetricValue value, double by, EvaluationRun run, EvaluationRun? current)
    {
        if (current is null) return Undecided(gate, value, "the playbook in force was not run: name it with --current");
        if (metric.HigherIsBetter is not { } higher || metric.Kind == MetricKind.P95)
            return Undecided(gate, value, $"{metric.Name} cannot be compared ticket by ticket");
        if (PairedDifference.Of(metric, run, current, gate.Slice) is not { } difference)
            return Undecided(gate, value, "the two runs have no ticket in common that says anything about it");
        // What is gained by the change: positive is better, whichever way the metric points.
        var (gain, ends) = higher ? (difference.Value, difference.Interval)
            : (-difference.Value, new Interval(-difference.Interval.High, -difference.Interval.Low));
        var shown = string.Create(CultureInfo.InvariantCulture,
            $"{gain:+0.####;-0.####;0} against current ({ends.Low:0.####} to {ends.High:0.####}), {difference.N} tickets");
        if (ends.Low >= -by) return new GateOutcome(gate, GateVerdictKind.Pass, value, shown);
        if (ends.High < -by) return new GateOutcome(gate, GateVerdictKind.Fail, value, shown);
        return Undecided(gate, value, shown, MoreTickets.OfWidth((ends.High - ends.Low) / 2, gain + by, difference.N));
    }

    private static GateOutcome Undecided(FigureGate gate, MetricValue? value, string why, int? needed = null) => new(
        gate, GateVerdictKind.Undecided, value,
        why + (needed is { } more ? $"; needs about {more.ToString("N0", CultureInfo.InvariantCulture)} more" : ""), needed);

    private static GateOutcome Worse(GateOutcome one, GateOutcome other)
    {
        var verdict = one.Verdict == GateVerdictKind.Fail || other.Verdict == GateVerdictKind.Fail
            ? GateVerdictKind.Fail : one.Verdict == GateVerdictKind.Pass ? other.Verdict : one.Verdict;
        return one with { Verdict = verdict, Why = $"{one.Why}; {other.Why}", Needed = one.Needed ?? other.Needed };
    }

    private static bool Keeps(FigureGate gate, double low, double high) =>
        (gate.AtLeast is not { } least || low >= least) && (gate.AtMost is not { } most || high <= most);

    private static IEnumerable<double> Bars(FigureGate gate) =>
        new[] { gate.AtLeast, gate.AtMost }.OfType<double>();

    private static string Shown(MetricValue value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Value:0.####} ({value.Interval.Low:0.####} to {value.Interval.High:0.####}), {value.N} tickets");

    private static string EnumWord(GateSource source) => Playbooks.EnumWords.Of(source);
}
