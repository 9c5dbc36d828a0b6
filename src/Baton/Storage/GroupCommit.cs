using System.Threading.Channels;
using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Storage;

/// <summary>
/// The one writer of a file. Whatever is waiting when a commit ends goes into the next one, so that the price of a disk
/// sync is shared by everybody who waited. Each work has a savepoint of its own: one that fails takes nobody with it.
/// </summary>
internal sealed class GroupCommit : StorageWriter
{
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _clock;
    private readonly Channel<PendingWrite> _queue;
    private readonly List<PendingWrite> _group = [];
    private readonly Func<StorageSession> _open;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LedgerAnchor? _anchor;
    private readonly object _park = new();
    private StorageSession? _session;
    private WriteTransaction? _transaction;
    private volatile bool _parked;
    private bool _closed;

    /// <param name="open">Opens a connection when the one in use has failed.</param>
    /// <param name="first">Belongs to this writer from now on, as the anchor does.</param>
    public GroupCommit(
        DatabaseOptions options, TimeProvider clock, Func<StorageSession> open, StorageSession first,
        LedgerAnchor? anchor)
    {
        (_options, _clock, _open, _anchor) = (options, clock, open, anchor);
        Use(first);
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(options.WriteQueueLimit)
        {
            SingleReader = true,
        });
        if (options.Pumped) return;
        new Thread(Loop) { Name = "baton-writer", IsBackground = true }.Start();
    }

    public override Task<T> RunAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite<T>(work, _options.Pumped, cancellationToken);
        if (!_queue.Writer.TryWrite(pending)) return WaitForRoom(pending, cancellationToken);
        Wake();
        return pending.Task;
    }

    /// <summary>
    /// Commits one group of what is waiting; false when nothing is. All that the writer's thread does.
    /// </summary>
    public override bool Step()
    {
        if (!_queue.Reader.TryPeek(out _)) return false;
        RunGroup();
        return true;
    }

    public override Task StopAsync()
    {
        _queue.Writer.TryComplete();
        if (_options.Pumped) Finish();
        lock (_park)
        {
            _closed = true;
            Monitor.Pulse(_park);
        }
        return _stopped.Task;
    }

    private async Task<T> WaitForRoom<T>(PendingWrite<T> pending, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
            Wake();
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(Database));
        }
        return await pending.Task.ConfigureAwait(false);
    }

    private void Loop()
    {
        // A thread of its own that blocks: a disk sync must not hold a thread that serves requests.
        while (Park()) Step();
        Finish();
    }

    /// <summary>
    /// Sleeps until there is work; false when there will be none. Waiting for a task would spin first, at the cost of
    /// those who have work on the same cores, and would wake this thread by way of another.
    /// </summary>
    private bool Park()
    {
        lock (_park)
        {
            _parked = true;
            // Whoever adds work after this look sees that it must wake this thread, and cannot before it sleeps.
            while (!_queue.Reader.TryPeek(out _))
            {
                if (_closed) return false;
                Monitor.Wait(_park);
            }
            _parked = false;
            return true;
        }
    }

    private void Wake()
    {
        if (!_parked) return;
        lock (_park) Monitor.Pulse(_park);
    }

    private void Finish()
    {
        while (Step()) { }
        _session?.Dispose();
        _anchor?.Dispose();
        _stopped.TrySetResult();
    }

    private void RunGroup()
    {
        _group.Clear();
        try
        {
            if (_session is null) Use(_open());
            _session!.Begin();
            FillGroup();
            // Read inside the transaction: what is anchored is what this commit holds.
            var head = _transaction!.TakeAppended() ? LedgerHead.Read(_transaction, _clock.GetUtcNow()) : default;
            _session.Commit();
            if (head.Seq > 0) _anchor?.Write(head);
        }
        catch (Exception error)
        {
            Abandon(error);
            return;
        }
        foreach (var work in _group) work.Committed();
    }

    private void FillGroup()
    {
        var started = _clock.GetTimestamp();
        while (_group.Count < _options.GroupLimit && _queue.Reader.TryRead(out var work))
        {
            if (work.IsCancelled)
            {
                work.Cancel();
                continue;
            }
            RunAlone(work);
            if (_clock.GetElapsedTime(started).TotalMilliseconds >= _options.GroupTimeMs) return;
        }
    }

    private void RunAlone(PendingWrite work)
    {
        try
        {
            _session!.Savepoint();
            work.Run(_transaction!);
        }
        catch (Exception error)
        {
            if (CanContinueAfter(error))
            {
                work.Fail(error);
                return;
            }
            _group.Add(work);
            throw;
        }
        _group.Add(work);
        _session.Release();
    }

    /// <summary>
    /// After some failures the database itself rolls everything back: then the whole group has failed.
    /// </summary>
    private bool CanContinueAfter(Exception error) =>
        error is not StorageException { NeedsReopen: true } && _session!.InTransaction
        && _session.TryRollbackToSavepoint();

    private void Abandon(Exception error)
    {
        if (_group.Count == 0)
        {
            // Not even a transaction: fail what is waiting now, or it would wait for as long as the trouble lasts.
            while (_group.Count < _options.GroupLimit && _queue.Reader.TryRead(out var work)) _group.Add(work);
        }
        if (_session is { } session && (error is StorageException { NeedsReopen: true } || !session.TryRollback()))
        {
            session.Dispose();
            _session = null;
        }
        foreach (var work in _group) work.Fail(error);
    }

    private void Use(StorageSession session)
    {
        _session = session;
        _transaction = new WriteTransaction(session);
    }
}
