using System.Collections.Concurrent;
using Baton.Storage.Engines;
using Baton.Storage.Events;
using Baton.Storage.Moving;
using Baton.Storage.Sealing;

namespace Baton.Storage;

/// <summary>
/// One database: any number of readers; a file has one writer that groups concurrent commits, a server has several. A
/// write that has returned is on the disk. Several processes may open the same one.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly DatabaseOptions _options;
    private readonly StorageEngine _engine;
    private readonly StorageWriter _writer;
    private readonly ConcurrentStack<StorageSession> _readers = new();
    private volatile bool _closed;

    private Database(DatabaseOptions options, TimeProvider clock, StorageEngine engine, StorageSession first)
    {
        (_options, _engine) = (options, engine);
        Clock = clock;
        Keys = new TextKeys(options.Keys ?? engine.KeyFolder, options.MasterKey);
        Liveness = engine.Liveness();
        _writer = engine.Writer(clock, () => WithKeys(engine.OpenWriter()), WithKeys(first));
    }

    /// <summary>The clock of everything that is stored here.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Names of the migrations that were applied when it was opened.</summary>
    public IReadOnlyList<string> Upgraded { get; private init; } = [];

    /// <summary>The keys of customers' texts, which are kept outside of it.</summary>
    public TextKeys Keys { get; }

    /// <summary>Which processes work on it, and which have died.</summary>
    public Liveness Liveness { get; }

    /// <summary>Whether other processes may decide on it at the same time: what is kept in memory is not all.</summary>
    public bool IsShared => StorageEngine.IsServer(_options.Path);

    /// <inheritdoc cref="DatabaseOptions.Pumped"/>
    public bool Pumped => _options.Pumped;

    /// <summary>Where it is, for people.</summary>
    public string Path => IsShared ? StorageEngine.Shown(_options.Path) : _options.Path;

    /// <summary>Opens the database, a file is created, and brings its tables up to date.</summary>
    /// <exception cref="StorageException">
    /// It is damaged, belongs to another program, was written by a newer Baton, or cannot be opened.
    /// </exception>
    public static Database Open(DatabaseOptions options, TimeProvider clock)
    {
        var engine = StorageEngine.Of(options);
        // Asked before it is opened, which creates a file.
        var mayLack = engine.MayLackEvents && !options.AllowLoss;
        var session = engine.OpenChecked();
        try
        {
            var shown = StorageEngine.Shown(options.Path);
            if (!options.UpgradeAtStart) Migrations.RefuseMissing(new ReadConnection(session), shown);
            var applied = Migrations.Apply(engine, session, shown, clock);
            if (mayLack) RefuseLoss(session, options.Path);
            if (!options.AllowLoss && MoveMark.Refusal(new ReadConnection(session), shown) is { } moved)
                throw new StorageException(moved, isTransient: false);
            return new Database(options, clock, engine, session) { Upgraded = applied };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Writes one row and waits until it is on the disk: tells whether a ticket would be stored now.</summary>
    /// <exception cref="StorageException">It would not.</exception>
    public Task ProbeAsync(CancellationToken cancellationToken) => WriteAsync(
        transaction => transaction.Execute(
            """
            insert into probe (id, written_at_ms) values (1, $1)
            on conflict (id) do update set written_at_ms = $1
            """, SqlValue.Ms(Clock.GetUtcNow())), cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> on a writer's thread and returns its result after the commit is on the disk. A work
    /// that throws is undone alone and its exception comes back here. On a server it may be run more than once: see
    /// <see cref="WriteTransaction"/>. Cancellation counts until the work has started.
    /// </summary>
    /// <exception cref="StorageException">The disk is full or failed; nothing of this work was kept.</exception>
    public Task<T> WriteAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _writer.RunAsync(work, cancellationToken);
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{WriteTransaction, T}, CancellationToken)"/>
    public Task WriteAsync(Action<WriteTransaction> work, CancellationToken cancellationToken = default) =>
        WriteAsync(transaction => { work(transaction); return true; }, cancellationToken);

    /// <summary>Commits what is waiting in a database that is pumped; false when nothing is.</summary>
    public bool Step() => _writer.Step();

    /// <summary>Runs <paramref name="work"/> on this thread against one snapshot; the writer is not held up.</summary>
    public T Read<T>(Func<ReadConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var session = _readers.TryPop(out var idle) ? idle : WithKeys(_engine.OpenReader());
        try
        {
            session.BeginRead();
            return work(new ReadConnection(session));
        }
        finally
        {
            if (!_closed && _readers.Count < _options.ReadConnections && session.TryRollback()) _readers.Push(session);
            else session.Dispose();
        }
    }

    /// <summary>Writes a copy of one moment to a new file, without holding up readers and writers.</summary>
    public void Backup(string target) => _engine.Backup(target, Clock.GetUtcNow());

    private StorageSession WithKeys(StorageSession session)
    {
        session.Keys = Keys;
        return session;
    }

    private static void RefuseLoss(StorageSession session, string path)
    {
        if (AnchorCheck.Problem(new ReadConnection(session), path) is { } problem)
            throw new StorageException(problem, isTransient: false);
    }

    /// <summary>Finishes queued writes, then closes the file so that the next start finds it clean.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        // Readers first: the last connection to close folds the write-ahead log into the file and removes it.
        while (_readers.TryPop(out var reader)) reader.Dispose();
        await _writer.StopAsync().ConfigureAwait(false);
        Liveness.Dispose();
        Keys.Dispose();
    }
}
