using Baton.Storage.Engines;

namespace Baton.Storage;

/// <summary>
/// What one unit of work may do while it runs on a writer's thread. It is not valid after the work has returned.
/// Keep works short: others wait behind them, so no I/O and no model calls in here. On a server others write at the
/// same time: what a work looks at and then relies on is behind a <see cref="Lock"/>, and a work that collides is run
/// again from its beginning, so it changes nothing but the database.
/// </summary>
internal sealed class WriteTransaction(StorageSession session) : ReadConnection(session)
{
    private List<Action>? _afterCommit;
    private bool _appended;

    /// <summary>The ledger has grown: its anchor is written after the commit.</summary>
    internal void NoteAppend() => _appended = true;

    /// <summary>
    /// Whether the ledger has grown since the last call. True also for a work that was undone: it costs a look.
    /// </summary>
    internal bool TakeAppended()
    {
        var taken = _appended;
        _appended = false;
        return taken;
    }

    /// <summary>Runs one statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        while (run.Step()) { }
        return Session.Changes;
    }

    /// <summary>
    /// From here on nobody else holds these names until this work has ended, and it sees what those before it wrote.
    /// Streams of the ledger and keys of jobs are such names. To be taken before anything is looked at; a conversation
    /// first, then what belongs to it, so that two works never wait for one another.
    /// </summary>
    public void Lock(params ReadOnlySpan<string> names)
    {
        if (names.Length < 2)
        {
            foreach (var name in names) Session.Lock(name);
            return;
        }
        string[] sorted = [.. names];
        Array.Sort(sorted, StringComparer.Ordinal);
        foreach (var name in sorted) Session.Lock(name);
    }

    /// <summary>
    /// Holds a name without waiting for it; false when somebody else does. For sweeps over many: they come again.
    /// </summary>
    public bool TryLock(string name) => Session.TryLock(name);

    /// <summary>Keeps everybody else from writing to a table until this work has ended.</summary>
    /// <param name="table">A name from this program, never from outside.</param>
    public void LockTable(string table) => Session.LockTable(table);

    /// <summary>Inserts one row and returns the key the database gave it.</summary>
    /// <param name="sql">Ends with <c>returning</c> and the key.</param>
    public long Insert(string sql, params ReadOnlySpan<SqlValue> values) =>
        InsertNew(sql, values) ?? throw new InvalidOperationException($"no row came back: {sql}");

    /// <summary>Inserts one row and returns the key the database gave it; null when the row was there.</summary>
    /// <param name="sql">Has <c>on conflict do nothing</c> and ends with <c>returning</c> and the key.</param>
    public long? InsertNew(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        if (!run.Step()) return null;
        var key = run.Row.Int64(0);
        while (run.Step()) { }
        return key;
    }

    /// <summary>Runs a script made of the schema's own names.</summary>
    public void Script(string sql) => Session.Script(sql);

    /// <inheritdoc cref="StorageSession.InsertMany"/>
    public void InsertMany(string table, IReadOnlyList<TableColumn> columns, IReadOnlyList<SqlValue[]> rows) =>
        Session.InsertMany(table, columns, rows);

    /// <summary>
    /// Runs once this work is on the disk, never when it was rolled back. For signals: it must be quick and must not
    /// throw. The same delegate is kept once.
    /// </summary>
    public void AfterCommit(Action action)
    {
        _afterCommit ??= [];
        if (!_afterCommit.Contains(action)) _afterCommit.Add(action);
    }

    /// <summary>Runs a part that may fail without the rest; returns why it was undone, or null.</summary>
    public Exception? Attempt(Action part)
    {
        Session.Savepoint();
        try
        {
            part();
        }
        catch (Exception error) when (
            error is not (StorageException { NeedsReopen: true } or StorageException { Reruns: > 0 })
            && Session.InTransaction)
        {
            if (!Session.TryRollbackToSavepoint()) throw;
            return error;
        }
        Session.Release();
        return null;
    }

    /// <summary>Hands over what the current work registered, so that it is dropped when the work fails.</summary>
    internal List<Action>? TakeAfterCommit()
    {
        var taken = _afterCommit;
        _afterCommit = null;
        return taken;
    }
}
