using Baton.Storage.Engines;

namespace Baton.Storage.Postgres;

/// <summary>
/// Several writers at once, each a thread with a connection whose statements stay prepared. A work is one transaction;
/// the server shares one sync of its log among those that commit together. A work that collided with another is run
/// again from its beginning.
/// </summary>
internal sealed class WriterPool : StorageWriter, IDisposable
{
    private readonly DatabaseOptions _options;
    private readonly Func<StorageSession> _open;
    private readonly SemaphoreSlim _room;
    private readonly Queue<PendingWrite> _waiting = new();
    private readonly Stack<Seat> _idle = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private StorageSession? _first;
    private int _seats;
    private bool _closed;

    /// <param name="open">Opens the connection of a writer, when it has its first work and when one has failed.</param>
    /// <param name="first">The connection of the first writer.</param>
    public WriterPool(DatabaseOptions options, Func<StorageSession> open, StorageSession first)
    {
        (_options, _open, _first) = (options, open, first);
        _room = new SemaphoreSlim(options.WriteQueueLimit, options.WriteQueueLimit);
        if (options.Pumped) _idle.Push(NewSeat());
    }

    public override Task<T> RunAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite<T>(work, _options.Pumped, cancellationToken);
        if (!_room.Wait(0, CancellationToken.None)) return WaitForRoom(pending, cancellationToken);
        Add(pending);
        return pending.Task;
    }

    public override bool Step()
    {
        PendingWrite? work;
        Seat seat;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out work)) return false;
            seat = _idle.Peek();
        }
        _room.Release();
        seat.Run(work);
        return true;
    }

    public override Task StopAsync()
    {
        if (_options.Pumped)
            while (Step()) { }
        lock (_gate)
        {
            _closed = true;
            foreach (var seat in _idle) seat.Close(_options.Pumped);
            if (_seats == 0 || _options.Pumped) Stopped();
        }
        return _stopped.Task;
    }

    /// <summary>The last of all: <see cref="StopAsync"/> does it.</summary>
    public void Dispose() => _room.Dispose();

    private async Task<T> WaitForRoom<T>(PendingWrite<T> pending, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        Add(pending);
        return await pending.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// To the writer that was idle last, whose statements are prepared; to a new one while there may be more.
    /// </summary>
    private void Add(PendingWrite work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Database));
            if (!_options.Pumped && _idle.TryPop(out var idle)) idle.Give(work);
            else if (!_options.Pumped && _seats < _options.Writers) NewSeat().Start(work);
            else
            {
                _waiting.Enqueue(work);
                return;
            }
        }
        _room.Release();
    }

    private Seat NewSeat()
    {
        var seat = new Seat(this, _first, ++_seats);
        _first = null;
        return seat;
    }

    /// <summary>The next work for a writer, which sleeps until there is one; null when there will be none.</summary>
    private PendingWrite? Next(Seat seat)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var work))
            {
                _room.Release();
                return work;
            }
            if (_closed) return null;
            seat.Work = null;
            _idle.Push(seat);
        }
        seat.Wait();
        return seat.Work;
    }

    private void Left()
    {
        lock (_gate)
            if (--_seats == 0 && _closed) Stopped();
    }

    private void Stopped()
    {
        _first?.Dispose();
        Dispose();
        _stopped.TrySetResult();
    }

    /// <summary>One writer.</summary>
    private sealed class Seat(WriterPool pool, StorageSession? session, int number) : IDisposable
    {
        /// <summary>Longest pause after the first collision; it doubles with every further one.</summary>
        private const int PauseMs = 4;

        private readonly SemaphoreSlim _given = new(0);
        private StorageSession? _session = session;

        /// <summary>What it was given last.</summary>
        public PendingWrite? Work { get; set; }

        public void Start(PendingWrite first)
        {
            Work = first;
            new Thread(Loop) { Name = $"baton-writer-{number}", IsBackground = true }.Start();
        }

        public void Give(PendingWrite work)
        {
            Work = work;
            _given.Release();
        }

        public void Wait() => _given.Wait(CancellationToken.None);

        /// <param name="here">There is no thread that would close the connection.</param>
        public void Close(bool here)
        {
            if (here) Dispose();
            else _given.Release();
        }

        public void Dispose()
        {
            _session?.Dispose();
            _given.Dispose();
        }

        public void Run(PendingWrite work)
        {
            if (work.IsCancelled)
            {
                work.Cancel();
                return;
            }
            for (var run = 1; Failure(work) is { } error; run++)
            {
                if (error is StorageException { Reruns: var most } && run <= most)
                {
                    // Of two that met one goes first.
                    _given.Wait(Random.Shared.Next(PauseMs << run), CancellationToken.None);
                    continue;
                }
                work.Fail(error);
                return;
            }
            work.Committed();
        }

        private void Loop()
        {
            for (var work = Work; work is not null; work = pool.Next(this)) Run(work);
            Dispose();
            pool.Left();
        }

        /// <summary>Why the work was undone; null when it is on the disk.</summary>
        private Exception? Failure(PendingWrite work)
        {
            try
            {
                var open = _session ??= pool._open();
                open.Begin();
                work.Run(new WriteTransaction(open));
                open.Commit();
                return null;
            }
            catch (Exception error)
            {
                if (_session is { } failed
                    && (error is StorageException { NeedsReopen: true } || !failed.TryRollback()))
                {
                    failed.Dispose();
                    _session = null;
                }
                return error;
            }
        }
    }
}
