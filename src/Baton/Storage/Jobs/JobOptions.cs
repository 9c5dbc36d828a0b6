namespace Baton.Storage.Jobs;

/// <summary>Settings of one queue and its workers.</summary>
public sealed record JobOptions
{
    /// <summary>Jobs that may wait or run at the same time; more are refused. Dead ones do not count.</summary>
    public int QueueLimit { get; init; } = 100_000;

    /// <summary>
    /// Longest time in seconds that the waiting jobs may take to work off at the measured rate; more jobs are refused.
    /// 0 takes jobs up to <see cref="QueueLimit"/>.
    /// </summary>
    public int WorkOffSeconds { get; init; } = 600;

    /// <summary>So many jobs are always taken, however slow the work is: a rate needs something to be measured on.</summary>
    public int AlwaysTaken { get; init; } = 200;

    /// <summary>A lease that is not renewed for this long is over, and the job runs again.</summary>
    public int LeaseMs { get; init; } = 4_000;

    /// <summary>How often a worker renews the leases it holds. Well below <see cref="LeaseMs"/>.</summary>
    public int RenewMs { get; init; } = 1_000;

    /// <summary>Starts of one job, counting those that ended with the process, before it is dead. 1 – 100.</summary>
    public int AttemptLimit { get; init; } = 8;

    /// <summary>Wait after the first failure; it doubles with every further one.</summary>
    public int BackoffMs { get; init; } = 1_000;

    /// <summary>Longest wait between two attempts.</summary>
    public int BackoffLimitMs { get; init; } = 300_000;

    /// <summary>Jobs that one worker runs at the same time.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Jobs that one worker holds beyond the running ones, so that nobody waits for the next lease.</summary>
    public int Ahead { get; init; } = 48;

    /// <summary>How often to look for work of other processes, for retries and for timers that are due.</summary>
    public int PollMs { get; init; } = 250;

    /// <summary>On a stop, how long running jobs may take to finish before they are given back.</summary>
    public int StopMs { get; init; } = 5_000;

    /// <summary>Characters of an error that are kept with its job.</summary>
    public int ErrorLimit { get; init; } = 4_000;
}
