namespace Baton.Storage.Jobs;

/// <summary>
/// How many jobs of a queue wait or run, for admission: counted in the database once a second, and kept up with what
/// this process does in between. A row that everybody changes would make everybody wait.
/// </summary>
/// <remarks>
/// Whoever decides by it holds it as a lock meanwhile. With several processes it is a second late at most.
/// </remarks>
internal sealed class QueueDepth(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private long? _countedAt;
    private long _jobs;

    /// <param name="count">Counts the rows.</param>
    public long Of(ReadConnection connection, Func<ReadConnection, long> count)
    {
        if (_countedAt is { } at && clock.GetElapsedTime(at) < Fresh) return Interlocked.Read(ref _jobs);
        _countedAt = clock.GetTimestamp();
        var jobs = count(connection);
        Interlocked.Exchange(ref _jobs, jobs);
        return jobs;
    }

    /// <summary>
    /// At once, not with the commit: those who ask next must not get the same place. A work that is undone leaves it
    /// wrong until the next count.
    /// </summary>
    public void Enter() => Interlocked.Increment(ref _jobs);

    public void Leave() => Interlocked.Decrement(ref _jobs);
}
