using System.Text.Json.Serialization;
using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>
/// What the policy made of the readings before an answer was tried, and the signals it was told: flat, as the ledger
/// has it.
/// </summary>
public sealed record Assessment(
    Route Route, double Confidence, string DecidedBy, IReadOnlyList<string> Missing, double Repetition,
    double InstructionScore, string? InstructionKind, string? Opinion = null, double OpinionConfidence = 0,
    string? Concern = null, string? OpinionTier = null, IReadOnlyList<string>? Unanswered = null,
    double? AnswerProbability = null, bool Accepted = false,
    AutonomyRung Autonomy = AutonomyRung.Auto, double? BesideProbability = null, bool Acts = false,
    string? Workflow = null)
{
    /// <summary>The signals alone.</summary>
    [JsonIgnore]
    public Signals Signals => field ??= new Signals(Missing, Repetition, InstructionScore, InstructionKind)
    {
        Unanswered = Unanswered ?? [], Opinion = Opinion, OpinionConfidence = OpinionConfidence, Concern = Concern,
        OpinionTier = OpinionTier, AnswerProbability = AnswerProbability, Accepted = Accepted,
        Autonomy = Autonomy, BesideProbability = BesideProbability, Acts = Acts, Workflow = Workflow,
    };

    internal static Assessment Of(Signals signals, PolicyVerdict verdict) => new(
        verdict.Route, verdict.Confidence, verdict.DecidedBy, signals.Missing, signals.Repetition,
        signals.InstructionScore,
        signals.InstructionKind, signals.Opinion, signals.OpinionConfidence, signals.Concern, signals.OpinionTier,
        signals.Unanswered.Count == 0 ? null : signals.Unanswered, signals.AnswerProbability, signals.Accepted,
        signals.Autonomy, signals.BesideProbability, signals.Acts, signals.Workflow);
}
