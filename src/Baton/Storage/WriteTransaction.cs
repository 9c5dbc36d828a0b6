using Baton.Storage.Engines;

namespace Baton.Storage;

/// <summary>
/// What one unit of work may do while it runs on the writer thread. It is not valid after the work has returned.
/// Keep works short: everybody else's commit waits behind them, so no I/O and no model calls in here.
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

    /// <summary>Inserts one row and returns the key the database gave it.</summary>
    /// <param name="sql">Ends with <c>returning</c> and the key.</param>
    public long Insert(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var run = Session.Start(sql, values);
        var key = run.Step() ? run.Row.Int64(0) : throw new InvalidOperationException($"no row came back: {sql}");
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
        catch (Exception error) when (error is not StorageException { NeedsReopen: true } && Session.InTransaction)
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
