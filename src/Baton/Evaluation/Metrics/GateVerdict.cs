using System.Text.Json.Nodes;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Playbooks.Gates;

namespace Baton.Evaluation.Metrics;

/// <summary>
/// Whether a figure keeps to a gate. The share itself is held against it, not an end of its interval.
/// </summary>
/// <param name="Measured">With nothing to be a share of, no gate is passed.</param>
public sealed record GateVerdict(FigureGate Gate, Rate Measured)
{
    public bool Passed => Measured.Of > 0
        && (Gate.AtLeast is not { } least || Measured.Share >= least)
        && (Gate.AtMost is not { } most || Measured.Share <= most);

    /// <summary>What is asked: <c>at least 0.93</c>.</summary>
    public string Bar => string.Join(", ", new[]
    {
        Gate.AtLeast is { } least ? FormattableString.Invariant($"at least {least:0.###}") : null,
        Gate.AtMost is { } most ? FormattableString.Invariant($"at most {most:0.###}") : null,
    }.OfType<string>());

    /// <summary>
    /// Whether <c>measure answers</c> holds it: a share of all labelled tickets, against a bar. The others are held by
    /// <c>eval gate</c>.
    /// </summary>
    public static bool IsHeld(FigureGate gate) => gate is { Source: GateSource.Eval, Slice: null, WorseBy: null }
        && TicketRate.Printed.Any(r => r.Name == gate.Metric);

    /// <summary>What is wrong with a gate on a figure that there is not; null when all are known.</summary>
    public static string? Unknown(IReadOnlyList<FigureGate> gates)
    {
        string[] known =
            [.. TicketRate.Printed.Select(r => r.Name), .. BuiltInMetrics.Names, .. FlatGates.Elsewhere];
        return gates.FirstOrDefault(gate => !known.Contains(gate.Metric)) is { } gate
            ? $"no figure is called '{gate.Metric}'{Suggestion.Hint(gate.Metric, known)}" : null;
    }

    /// <summary>One verdict for each gate, in their order; every figure must be known.</summary>
    public static IReadOnlyList<GateVerdict> Of(TicketFigures figures, IReadOnlyList<FigureGate> gates) =>
        [.. gates.Select(gate => new GateVerdict(gate, figures[gate.Metric]))];

    public JsonObject ToJson() => new()
    {
        ["metric"] = Gate.Metric, ["at_least"] = Gate.AtLeast, ["at_most"] = Gate.AtMost, ["passed"] = Passed,
    };
}
