namespace Baton.Storage.Engines;

/// <summary>Runs works that write, each in a transaction, and says when they are on the disk.</summary>
internal abstract class StorageWriter
{
    /// <summary>
    /// Queues a work and returns when it is on the disk, or when it has failed alone or with its group.
    /// </summary>
    public abstract Task<T> RunAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken);

    /// <summary>Commits on this thread something of what is waiting; false when nothing is.</summary>
    public abstract bool Step();

    /// <summary>Takes no more work, finishes what is queued and closes its connections.</summary>
    public abstract Task StopAsync();
}
