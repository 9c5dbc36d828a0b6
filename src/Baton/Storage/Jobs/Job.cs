namespace Baton.Storage.Jobs;

/// <summary>Work to be done. It is added to one queue and done by the workers of that queue.</summary>
internal sealed record NewJob
{
    /// <summary>Names the handler, for example <c>turn</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Jobs with the same key run one at a time in the order they were added; one that waits for its retry holds up
    /// those behind it. Null runs on its own.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>JSON for the handler.</summary>
    public string Payload { get; init; } = "{}";

    /// <summary>Not before this time; null is at once.</summary>
    public DateTimeOffset? RunAt { get; init; }
}

/// <summary>What became of a job that was to be added.</summary>
internal abstract record EnqueueOutcome
{
    private EnqueueOutcome() { }

    public sealed record Queued(long JobId) : EnqueueOutcome;

    /// <summary>There are as many jobs as allowed: nothing was added, ask the sender to come back.</summary>
    /// <param name="RetryAfter">When there will be room at the rate of now.</param>
    public sealed record QueueFull(long Waiting, TimeSpan RetryAfter) : EnqueueOutcome;
}

/// <summary>What became of a job whose handler failed.</summary>
internal abstract record FailOutcome
{
    private FailOutcome() { }

    public sealed record Retry(DateTimeOffset At) : FailOutcome;

    /// <summary>No attempt is left: the job is kept until a person runs it again or discards it.</summary>
    public sealed record Dead : FailOutcome;

    /// <summary>Another worker has it by now; nothing was changed.</summary>
    public sealed record LeaseLost : FailOutcome;
}

internal enum JobState
{
    Ready = 0,
    Leased = 1,

    /// <summary>An earlier job of the same key is not finished.</summary>
    Waiting = 2,

    /// <summary>Failed as often as allowed.</summary>
    Dead = 3,
}

/// <summary>A job that this worker may run until its lease ends.</summary>
internal sealed class LeasedJob
{
    public required long Id { get; init; }

    public required string Kind { get; init; }

    public required string? Key { get; init; }

    public required string Payload { get; init; }

    /// <summary>1 for the first start.</summary>
    public required int Attempt { get; init; }

    /// <summary>Number of this lease; an outcome with an older one is refused.</summary>
    public required long Fence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True once its completion or failure is on the disk: the worker has nothing left to record.</summary>
    public bool IsSettled { get; private set; }

    internal void MarkSettled() => IsSettled = true;
}

/// <summary>A job as people look at it.</summary>
internal sealed record JobView
{
    public required long Id { get; init; }

    public required string Queue { get; init; }

    public required string Kind { get; init; }

    public required string? Key { get; init; }

    public required JobState State { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset RunAt { get; init; }

    public required string? Owner { get; init; }

    public required string? Error { get; init; }

    public required string Payload { get; init; }
}
