using Baton.Playbooks.Workflows;

namespace Baton.Workflows;

/// <summary>Asks a model what it makes of a score that is neither clean nor suspicious.</summary>
/// <returns>Null where none answered: the rules stand alone.</returns>
internal delegate Task<ScoreOpinion?> AskOpinion(ScoreReading reading, CancellationToken cancellationToken);

/// <summary>What the rules of a score found.</summary>
/// <param name="Note">Points and reasons, for people.</param>
/// <param name="Facts">What the workflow computed from look-ups, a line for each.</param>
internal sealed record ScoreReading(
    WorkflowStep.Score Step, int Points, string Note, IReadOnlyList<string> Facts)
{
    /// <summary>Whether the rules leave room for a second opinion.</summary>
    public bool InDoubt => Step.OpinionFrom is { } from && Points >= from && Points < Step.SuspiciousFrom;
}

/// <summary>A second opinion. It can only make a score stricter.</summary>
/// <param name="Concern">One word of a closed list.</param>
internal sealed record ScoreOpinion(bool IsClean, string Concern, string Tier)
{
    public override string ToString() =>
        $"second opinion {(IsClean ? "clean" : $"suspicious, {Concern.Replace('_', ' ')}")} ({Tier})";
}
