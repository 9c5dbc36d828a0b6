using System.Text.Json.Nodes;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Playbooks.Gates;

namespace Baton.Evaluation.Gates;

/// <summary>What came of a gate.</summary>
public enum GateVerdictKind
{
    Pass,
    Fail,

    /// <summary>Too few tickets to say, or the figure is measured elsewhere.</summary>
    Undecided,
}

/// <summary>A gate held against a run.</summary>
/// <param name="Value">What was measured; null when nothing was.</param>
/// <param name="Why">One sentence, with how many more tickets are needed where that can be said.</param>
/// <param name="Needed">About how many more tickets would decide it.</param>
public sealed record GateOutcome(
    FigureGate Gate, GateVerdictKind Verdict, MetricValue? Value, string Why, int? Needed = null)
{
    public string Name => Gate.Words;

    /// <summary>Whether it counts: what is measured elsewhere holds nothing up.</summary>
    public bool IsHeld => Gate.Source == GateSource.Eval || Value is not null;

    public JsonObject ToJson() => new()
    {
        ["gate"] = Name, ["metric"] = Gate.Metric, ["verdict"] = EnumWords.Of(Verdict),
        ["why"] = Why, ["needed"] = Needed, ["measured"] = Value?.ToJson(),
    };
}
