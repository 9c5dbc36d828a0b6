using Baton.Customers;
using Baton.Playbooks;

namespace Baton.Conversations;

/// <summary>Outputs of the stages that have no reading of their own in the vocabulary. Stored in their events.</summary>
public static class StageOutput
{
    /// <summary>What the context stage found before any reading.</summary>
    /// <param name="Held">Why nothing further happens (<c>kill_switch</c>, <c>locked</c>), or null.</param>
    public sealed record Gate(CustomerContext Customer, string? Held);

    /// <summary>What the policy made of the readings before an answer was tried.</summary>
    /// <param name="Opinion">A model's word on who should answer, when one was asked: a fact, not a decision.</param>
    /// <param name="Concern">What weighed most for the model.</param>
    /// <param name="OpinionTier">Tier of that model.</param>
    public sealed record Assessment(
        Route Route, double Confidence, string DecidedBy, IReadOnlyList<string> Missing, double Repetition,
        double InstructionScore, string? InstructionKind, string? Opinion = null, double OpinionConfidence = 0,
        string? Concern = null, string? OpinionTier = null);

    /// <summary>The answer that was tried.</summary>
    /// <param name="Draft">Null when there is none.</param>
    /// <param name="Problem">Why there is none.</param>
    /// <param name="OrderValue">Value of the order a tool found, account currency.</param>
    /// <param name="Attempt">One sentence for the handoff packet.</param>
    /// <param name="Version">2 when the answer was written again after its check.</param>
    public sealed record Resolution(
        DraftAnswer? Draft, string? Problem, double? OrderValue, string? Attempt, int Version = 1)
    {
        /// <summary>The problem of a lookup under a number that the system does not know.</summary>
        public const string NotFound = "not_found";
    }

    /// <summary>What the check of a written answer found.</summary>
    /// <param name="Problems">What forbids sending it.</param>
    /// <param name="Wishes">What could be better.</param>
    /// <param name="WriteAgain">Whether a further version may help.</param>
    public sealed record Checked(IReadOnlyList<string> Problems, IReadOnlyList<string> Wishes, bool WriteAgain);

    /// <summary>One sentence for the person who takes over; null when no model could write it.</summary>
    public sealed record Summarised(string? Text);

    /// <summary>The stage leaves facts and no output.</summary>
    public sealed record Nothing;

    /// <summary>What the guard found wrong with the answer; empty when nothing.</summary>
    public sealed record Guarded(Route Route, double Confidence, IReadOnlyList<string> Problems);
}
