using Baton.Evaluation.Metrics;
using Baton.Playbooks.Gates;

namespace Baton.Evaluation.Drafting;

/// <summary>
/// Whether a changed playbook answers the golden tickets as well as the one in force. Held are the playbook's gates;
/// without any, that no fewer tickets are good.
/// </summary>
internal static class ActivationGate
{
    private const string Good = "good_in_all";

    /// <summary>A figure before and after.</summary>
    /// <param name="Bar">What it must keep to.</param>
    public sealed record Held(string Metric, string Bar, Rate Before, Rate After, bool Passed);

    /// <summary>
    /// A gate that is missed both before and after is no fault of the change, unless the figure has become worse.
    /// </summary>
    public static IReadOnlyList<Held> Compare(
        TicketFigures before, TicketFigures after, IReadOnlyList<FigureGate> gates)
    {
        if (gates.Count == 0)
            return [new Held(Good, "no fewer", before[Good], after[Good], after[Good].Hits >= before[Good].Hits)];
        return [.. gates.Select(gate => new Held(
            gate.Metric, new GateVerdict(gate, default).Bar, before[gate.Metric], after[gate.Metric],
            Keeps(gate, before[gate.Metric], after[gate.Metric])))];
    }

    /// <summary>Whether a figure keeps to its gate, or misses it no more than before.</summary>
    public static bool Keeps(FigureGate gate, Rate before, Rate after) => new GateVerdict(gate, after).Passed
        || (before.Of == 0 && after.Of == 0) || (before.Of > 0 && after.Of > 0 && !new GateVerdict(gate, before).Passed
            && (gate.AtLeast is null || after.Share >= before.Share)
            && (gate.AtMost is null || after.Share <= before.Share));
}
