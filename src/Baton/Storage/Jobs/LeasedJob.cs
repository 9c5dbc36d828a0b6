namespace Baton.Storage.Jobs;

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
