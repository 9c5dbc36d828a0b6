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
    public sealed record Assessment(
        Route Route, double Confidence, string DecidedBy, IReadOnlyList<string> Missing, double Repetition,
        double InstructionScore, string? InstructionKind);

    /// <summary>The answer that was tried.</summary>
    /// <param name="Draft">Null when there is none.</param>
    /// <param name="Problem">Why there is none.</param>
    /// <param name="OrderValue">Value of the order a tool found, account currency.</param>
    /// <param name="Attempt">One sentence for the handoff packet.</param>
    public sealed record Resolution(DraftAnswer? Draft, string? Problem, double? OrderValue, string? Attempt)
    {
        /// <summary>The problem of a lookup under a number that the system does not know.</summary>
        public const string NotFound = "not_found";
    }

    /// <summary>What the guard found wrong with the answer; empty when nothing.</summary>
    public sealed record Guarded(Route Route, double Confidence, IReadOnlyList<string> Problems);
}
