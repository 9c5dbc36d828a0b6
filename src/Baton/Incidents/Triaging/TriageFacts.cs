namespace Baton.Incidents.Triaging;

/// <summary>A count in a time, and what is usual in it.</summary>
/// <param name="Usual">Null: too little is known.</param>
internal readonly record struct CountFact(long Count, double? Usual)
{
    /// <summary>How sure it is that it has doubled at least.</summary>
    public double Evidence => Judging.Evidence.OfCount(Count, Math.Max(Usual ?? 0.5, 0.5), 2);

    public bool IsRisen => Evidence > Judging.Evidence.Likely;
}

/// <summary>A share in a time, and what is usual.</summary>
internal readonly record struct ShareFact(long Hits, long Of, double? Usual)
{
    public double Share => Of == 0 ? 0 : (double)Hits / Of;

    /// <summary>How sure it is that it has risen by half at least.</summary>
    public double Evidence => Usual is not { } usual || Of == 0 ? 0
        : Judging.Evidence.OfShare(Math.Min(Hits, Of), Of, Math.Clamp(usual, 0.01, 0.95), 1.5);

    public bool IsRisen => Evidence > Judging.Evidence.Likely;

    public override string ToString() => FormattableString.Invariant(
        $"{Hits} of {Of} ({Share:0.0%}){(Usual is { } usual ? FormattableString.Invariant($", {usual:0.0%} is usual") : "")}");
}

/// <summary>Everything that the chain looks at, as it was at a moment.</summary>
internal sealed record TriageFacts
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Denied calls of the last half hour.</summary>
    public required CountFact Denied { get; init; }

    /// <summary>Who was denied what, most often first.</summary>
    public IReadOnlyList<string> DeniedBy { get; init; } = [];

    /// <summary>Models and systems that are left alone.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>Systems behind tools that are slow, by how many times.</summary>
    public IReadOnlyDictionary<string, double> Slow { get; init; } = new Dictionary<string, double>();

    /// <summary>Tickets of the last half hour.</summary>
    public required CountFact Tickets { get; init; }

    /// <summary>Escalations of the last half hour.</summary>
    public required CountFact Escalations { get; init; }

    /// <summary>Fallbacks and failed stages of the last half hour.</summary>
    public required CountFact Failures { get; init; }

    /// <summary>Second opinions of the last day that differ.</summary>
    public required ShareFact JudgeDiffers { get; init; }

    /// <summary>Decisions of the last day that people corrected.</summary>
    public required ShareFact PeopleCorrect { get; init; }

    /// <summary>Answers of the last day that were called bad.</summary>
    public required ShareFact CalledBad { get; init; }

    /// <summary>Changes of the last day, newest first.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What decisions looked like since each of those changes, at most six hours; by place in the
    /// list.</summary>
    public IReadOnlyList<Since> SinceChange { get; init; } = [];

    /// <summary>Seconds that the clock is off.</summary>
    public double ClockOff { get; init; }

    public double DiskUsed { get; init; }

    public double LedgerFaults { get; init; }

    public double OutboxAge { get; init; }

    /// <summary>Intents that were handed over most in the last half hour, with how often.</summary>
    public IReadOnlyList<(string Intent, long Times)> Intents { get; init; } = [];

    /// <summary>Other alerts that hold, in a sentence each.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];
}

/// <summary>What decisions looked like since a change.</summary>
/// <param name="Escalated">Decisions that were handed over.</param>
/// <param name="Unsure">Decisions of low confidence.</param>
/// <param name="Failed">Stages that failed.</param>
internal readonly record struct Since(ShareFact Escalated, ShareFact Unsure, CountFact Failed)
{
    public bool IsWorse => Escalated.IsRisen || Unsure.IsRisen || Failed.IsRisen;
}
