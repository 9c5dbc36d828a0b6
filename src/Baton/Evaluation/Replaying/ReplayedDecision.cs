using Baton.Decisions.Replaying;

namespace Baton.Evaluation.Replaying;

/// <summary>One decision as it was and as it would be.</summary>
/// <param name="Kept">Why policy has no word in it; null where it has.</param>
/// <param name="CostBefore">Expected, by the tried playbook's <c>costs</c>.</param>
internal sealed record ReplayedDecision(
    string Ticket, int Turn, ReplayedVerdict Was, ReplayedVerdict Now, string? Kept, double CostBefore,
        double CostAfter)
{
    /// <summary>Whether it was made again, and what it came to is known.</summary>
    public bool IsKnown => Kept is null && Now.Unknown is null;

    public bool IsChanged => IsKnown && !Was.SameAs(Now);
}
