using System.ComponentModel.DataAnnotations;

namespace Baton.Storage.Jobs;

/// <summary>Settings of one queue and its workers.</summary>
public sealed record JobOptions : IValidatableObject
{
    /// <summary>Jobs that may wait or run at the same time; more are refused. Dead ones do not count.</summary>
    [Range(1, 10_000_000)]
    public int QueueLimit { get; init; } = 100_000;

    /// <summary>
    /// Longest time in seconds that the waiting jobs may take to work off at the measured rate; more jobs are refused.
    /// 0 takes jobs up to <see cref="QueueLimit"/>.
    /// </summary>
    [Range(0, 86_400)]
    public int WorkOffSeconds { get; init; } = 600;

    /// <summary>
    /// So many jobs are always taken, however slow the work is: a rate needs something to be measured on.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AlwaysTaken { get; init; } = 200;

    /// <summary>A lease that is not renewed for this long is over, and the job runs again.</summary>
    [Range(500, 600_000)]
    public int LeaseMs { get; init; } = 4_000;

    /// <summary>How often a worker renews the leases it holds. Well below <see cref="LeaseMs"/>.</summary>
    [Range(100, 300_000)]
    public int RenewMs { get; init; } = 1_000;

    /// <summary>Starts of one job, counting those that ended with the process, before it is dead.</summary>
    [Range(1, 100)]
    public int AttemptLimit { get; init; } = 8;

    /// <summary>Wait after the first failure; it doubles with every further one.</summary>
    [Range(1, 3_600_000)]
    public int BackoffMs { get; init; } = 1_000;

    /// <summary>Longest wait between two attempts.</summary>
    [Range(1, 86_400_000)]
    public int BackoffLimitMs { get; init; } = 300_000;

    /// <summary>Jobs that one worker runs at the same time.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; init; } = 16;

    /// <summary>Jobs that one worker holds beyond the running ones, so that nobody waits for the next lease.</summary>
    [Range(0, 10_000)]
    public int Ahead { get; init; } = 48;

    /// <summary>How often to look for work of other processes, for retries and for timers that are due.</summary>
    [Range(10, 60_000)]
    public int PollMs { get; init; } = 250;

    /// <summary>On a stop, how long running jobs may take to finish before they are given back.</summary>
    [Range(0, 600_000)]
    public int StopMs { get; init; } = 5_000;

    /// <summary>Characters of an error that are kept with its job.</summary>
    [Range(100, 1_000_000)]
    public int ErrorLimit { get; init; } = 4_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RenewMs > LeaseMs / 2)
            yield return new ValidationResult(
                $"is {RenewMs:N0}, use at most half of LeaseMs ({LeaseMs:N0})", [nameof(RenewMs)]);
        if (BackoffLimitMs < BackoffMs)
            yield return new ValidationResult(
                $"is {BackoffLimitMs:N0}, use at least BackoffMs ({BackoffMs:N0})", [nameof(BackoffLimitMs)]);
    }
}
