using Baton.Decisions.Stages.Beside;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Text;
using Baton.Triage;

namespace Baton.Decisions.Stages;

/// <summary>What the policy needs to know beside the readings, found before it is asked.</summary>
/// <param name="Missing">Required fields of the intent that are not known.</param>
/// <param name="Repetition">How surely the message says again what an earlier one said, 0 to 1.</param>
/// <param name="InstructionScore">How much it looks like an instruction to the machine, 0 to 1.</param>
public sealed record Signals(
    IReadOnlyList<string> Missing, double Repetition, double InstructionScore, string? InstructionKind)
{
    /// <summary>
    /// What else the customer asks for that no answer to the intent covers; see <see cref="OtherRequests"/>.
    /// </summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];

    /// <summary>
    /// How probably the articles answer everything that is asked; null when nothing chose among them.
    /// </summary>
    public double? AnswerProbability { get; init; }

    /// <summary>
    /// How probably articles answer what is asked beside a lookup; null when nothing is, or it is for a person.
    /// </summary>
    public double? BesideProbability { get; init; }

    /// <summary>The workflow that can do what is asked for; null when none can.</summary>
    public string? Workflow { get; init; }

    /// <summary>Whether that is enough for a reply made of articles.</summary>
    public bool Accepted { get; init; }

    /// <summary>How freely automation may answer this turn.</summary>
    public AutonomyRung Autonomy { get; init; } = AutonomyRung.Auto;

    /// <summary>Whether an agent may act on the request, where it needs several steps.</summary>
    public bool Acts { get; init; }

    /// <summary>A model's word on who should answer, when one was asked: a fact, not a decision.</summary>
    public string? Opinion { get; init; }

    public double OpinionConfidence { get; init; }

    /// <summary>What weighed most for the model.</summary>
    public string? Concern { get; init; }

    /// <summary>Tier of that model.</summary>
    public string? OpinionTier { get; init; }

    /// <summary>The signals of a turn whose readings are made.</summary>
    internal static Signals Of(Turn turn)
    {
        var instruction = LocalModels.Instruction(PlaceholderMarks.Without(turn.Input.NoticedText));
        return new Signals(
            FieldFinder.Missing(turn.Playbook, turn.Triage), LocalModels.Repetition(turn.Body, turn.Earlier),
            instruction.Score, instruction.Kind)
        {
            Unanswered = OtherRequests.Of(turn),
        };
    }
}
