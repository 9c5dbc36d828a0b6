using Baton.Conversations.Findings;
using Baton.Playbooks;

namespace Baton.Escalation;

/// <summary>What the policy came to, with every step it took.</summary>
public sealed record PolicyVerdict
{
    public required Route Route { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>Queue for routes to people; null for <c>auto</c> and <c>ask</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>Decision confidence, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Below the floor: people should look at it afterwards.</summary>
    public required bool NeedsReview { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reasoning { get; init; }

    /// <summary>The rule or trigger that decided, or <c>routing</c>.</summary>
    public required string DecidedBy { get; init; }

    public IReadOnlyList<string> RulesMatched { get; init; } = [];

    /// <summary>
    /// Everything that fired: the triggers of the facts, and the one on the verdict's own confidence.
    /// </summary>
    public IReadOnlyList<TriggerFinding> Triggers { get; init; } = [];

    /// <summary>Steps in the order they were taken, for the trace.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];
}
