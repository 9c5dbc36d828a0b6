namespace Baton.Conversations.ServiceLevels;

/// <summary>Where a clock stands. Words in JSON are the snake-case names.</summary>
public enum ClockState
{
    /// <summary>It has not started, or there is no target.</summary>
    Idle,

    Running,

    /// <summary>It runs, and the warning share of its target is used up.</summary>
    Warning,

    /// <summary>The customer's turn: it goes on when the customer writes.</summary>
    Paused,

    /// <summary>Done in time.</summary>
    Met,

    /// <summary>Expired, whatever came later.</summary>
    Breached,

    /// <summary>Taken back: nobody owes it any more.</summary>
    Stopped,
}

/// <summary>One clock of a ticket, as its events tell it.</summary>
/// <param name="Metric">One of <see cref="Playbooks.SlaMetric"/>.</param>
public sealed record ServiceClock(string Metric)
{
    public ClockState State { get; init; }

    /// <summary>Policy the target comes from; null while it has never started.</summary>
    public string? Policy { get; init; }

    /// <summary>Length of the target; 0 where the ledger does not say, then it is never moved.</summary>
    public long TargetMs { get; init; }

    /// <summary>Whether it runs only while the queue is staffed.</summary>
    public bool BusinessHours { get; init; }

    /// <summary>Counted time up to <see cref="Since"/>.</summary>
    public long SpentMs { get; init; }

    /// <summary>When it started, went on or was changed last.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it breaches, or did, or would have; null while it is paused.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When people are warned; null when they have been, or it is paused.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    /// <summary>When what it measures happened, also after a breach; null while it is owed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Times it has started: a ticket that comes back, or gets another message, starts it again.</summary>
    public int Runs { get; init; }

    /// <summary>How many of them breached.</summary>
    public int Breaches { get; init; }

    /// <summary>Whether time counts now.</summary>
    public bool Counts => State is ClockState.Running or ClockState.Warning;

    /// <summary>Whether it is owed: running, paused, or breached and still not done.</summary>
    public bool IsOwed => State != ClockState.Idle && EndedAt is null;

    /// <summary>The state at a moment: what has expired is breached, whether or not anybody has noticed.</summary>
    public ClockState StateAt(DateTimeOffset now) => this switch
    {
        { Counts: true, DueAt: { } due } when due <= now => ClockState.Breached,
        { State: ClockState.Running, WarnAt: { } warn } when warn <= now => ClockState.Warning,
        _ => State,
    };
}
