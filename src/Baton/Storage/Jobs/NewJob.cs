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
