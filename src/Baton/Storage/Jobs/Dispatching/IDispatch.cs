namespace Baton.Storage.Jobs.Dispatching;

/// <summary>
/// Gets ready work to a free worker, of this process or of another. It may lose, repeat or reorder what it was told:
/// the table of jobs decides what runs.
/// </summary>
internal interface IDispatch
{
    /// <summary>
    /// Says that work of a key is ready, after the commit that made it so. Never waits and never throws.
    /// </summary>
    /// <param name="queue">Name of the <see cref="JobQueue"/>.</param>
    /// <param name="key">Null for work without a key.</param>
    void Nudge(string queue, string? key);

    /// <summary>
    /// Tells the other processes something that they find out by themselves, only later. Never waits and never throws;
    /// whoever tells it hears it too, or nobody does.
    /// </summary>
    void Signal(string text);

    /// <summary>Who hears signals; once, before the first is told.</summary>
    void Hear(Action<string> hear);

    /// <summary>Brings work to a worker until cancelled.</summary>
    /// <exception cref="StorageException">The database failed in a way that does not pass.</exception>
    Task RunAsync(IWorkSeat seat, CancellationToken cancellationToken);
}

/// <summary>What a worker lets a dispatch do.</summary>
internal interface IWorkSeat
{
    /// <summary>Name of the queue it works on.</summary>
    string Queue { get; }

    /// <summary>Jobs that it runs at the same time.</summary>
    int Places { get; }

    /// <summary>Takes what is due, oldest first, as far as there is room; does not wait for its end.</summary>
    /// <param name="missed">
    /// Leaves alone what is due for a shorter time than this, unless it was put off: somebody is on the way to it.
    /// </param>
    /// <returns>Whether there may be more at once.</returns>
    Task<bool> TakeDueAsync(TimeSpan missed);

    /// <summary>Takes the first job of a key, if it may run now, and ends when it has ended.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RunFirstAsync(string? key);

    /// <summary>Ends when something may have become due, or a place free.</summary>
    ValueTask WokenAsync(CancellationToken cancellationToken);
}
