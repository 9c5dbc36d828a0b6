namespace Baton.Evaluation.Rollouts;

/// <summary>How a roll-out stands.</summary>
internal enum RolloutState
{
    Running,

    /// <summary>Every ticket has the version in force until somebody resumes it.</summary>
    Paused,

    /// <summary>A guard ended it.</summary>
    Halted,

    /// <summary>A person ended it, or another version came into force.</summary>
    Stopped,

    /// <summary>The candidate is in force.</summary>
    Completed,
}

/// <summary>A candidate on its way to all tickets, or compared with what is in force.</summary>
/// <param name="Candidate">Version.</param>
/// <param name="Control">Version that was in force when it began.</param>
/// <param name="Step">Of the ramp, from 0.</param>
/// <param name="By">Who changed it last.</param>
internal sealed record Rollout(
    string Id, string Candidate, string Control, RolloutPlan Plan, RolloutState State, int Step, string By, string Why,
    DateTimeOffset StartedAt, DateTimeOffset StepAt, DateTimeOffset? EndedAt)
{
    /// <summary>Whether it may still give tickets to the candidate.</summary>
    public bool IsOpen => State is RolloutState.Running or RolloutState.Paused;

    /// <summary>Of new tickets, the share that the candidate gets now.</summary>
    public double Share => State == RolloutState.Running ? Plan.Ramp[Step] : 0;

    /// <summary>What new tickets were drawn with, and from when on; oldest first.</summary>
    public IReadOnlyList<DrawnShare> Shares { get; init; } = [];

    /// <summary>Of an A/B comparison, once it is made: it is made once.</summary>
    public ArmVerdict? Verdict { get; init; }

    /// <summary>Whether anything follows this step: a larger share or, after all tickets, the end.</summary>
    private bool IsFollowed => Step + 1 < Plan.Ramp.Count || Plan.Ramp[^1] >= 1;

    /// <summary>Whether the next step is due; the last one is followed by the end.</summary>
    public bool IsDue(DateTimeOffset now, long candidates) =>
        State == RolloutState.Running && Plan.Comparison is null && IsFollowed && now - StepAt >= Plan.Hold
        && candidates >= Plan.Least;

    /// <summary>
    /// The share that a ticket is drawn with: that of its arrival, so that one that waits keeps its arm. Null: it came
    /// before, or while the roll-out was paused, and takes no part.
    /// </summary>
    public double? ShareAt(long arrivedMs) =>
        Shares.LastOrDefault(s => s.FromMs <= arrivedMs) is { Share: > 0 } drawn ? drawn.Share : null;

    /// <summary>Whether a ticket that came then is the candidate's; null: it takes no part.</summary>
    public bool? Draws(string conversation, long arrivedMs) => ShareAt(arrivedMs) is { } share
        // By the candidate, not the roll-out: one that is begun again draws the same tickets.
        ? Operations.Share.Of(conversation, Candidate) < share : null;
}

/// <summary>Of new tickets, the share that the candidate got from a moment on.</summary>
internal sealed record DrawnShare(long FromMs, double Share);

/// <summary>What was decided before it began.</summary>
internal sealed record RolloutPlan
{
    /// <summary>Shares of new tickets, one after the other, above 0 and at most 1.</summary>
    public required IReadOnlyList<double> Ramp { get; init; }

    /// <summary>How long each share is held at least.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>Tickets that the candidate has to have had before a share grows.</summary>
    public int Least { get; init; } = 10;

    public required IReadOnlyList<RolloutGuard> Guards { get; init; }

    /// <summary>
    /// Chance that guards end the roll-out of a candidate that makes nothing worse, all of them together.
    /// </summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>For an A/B comparison; null: a roll-out.</summary>
    public ArmComparison? Comparison { get; init; }

    /// <summary>What evidence of one test ends it: ln of the e-value.</summary>
    public double Bar => Math.Log(Math.Max(1, Guards.Sum(g => g.Tests)) / Alpha);
}

/// <summary>The one question of an A/B comparison.</summary>
/// <param name="Metric">A guard's name but the band.</param>
/// <param name="Sequential">Whether it may be looked at at any time; else only once both arms are full.</param>
/// <param name="PerArm">Tickets that an arm needs; of a sequential one about so many at most.</param>
internal sealed record ArmComparison(string Metric, bool Sequential, double Alpha, int PerArm);
