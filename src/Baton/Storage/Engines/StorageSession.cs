using Baton.Storage.Sealing;

namespace Baton.Storage.Engines;

/// <summary>
/// One connection with its prepared statements. Used by one thread at a time. Several statements may be read at once.
/// </summary>
internal abstract class StorageSession(StorageCatalog catalog) : IDisposable
{
    public StorageCatalog Catalog { get; } = catalog;

    /// <summary>The keys of sealed texts; null while the tables are brought up to date.</summary>
    public TextKeys? Keys { get; set; }

    /// <summary>Rows that the last statement changed.</summary>
    public abstract int Changes { get; }

    /// <summary>False when the database has ended the transaction by itself, as it does after some failures.</summary>
    public abstract bool InTransaction { get; }

    /// <summary>Begins to write; a file waits while another process does.</summary>
    public abstract void Begin();

    /// <summary>Begins to read one snapshot.</summary>
    public abstract void BeginRead();

    /// <summary>
    /// Waits until nobody else holds this name, and holds it until the transaction ends. A database with one writer
    /// has nothing to do.
    /// </summary>
    public virtual void Lock(string name) { }

    /// <summary>Holds a name like <see cref="Lock"/>, without waiting; false when somebody else does.</summary>
    public virtual bool TryLock(string name) => true;

    /// <summary>Keeps others from writing to a table until the transaction ends.</summary>
    public virtual void LockTable(string table) { }

    public void Commit() => Run("commit");

    public void Savepoint() => Run("savepoint work");

    public void Release() => Run("release work");

    /// <summary>Undoes what happened since the savepoint; false when that was not possible.</summary>
    public abstract bool TryRollbackToSavepoint();

    /// <summary>Leaves any transaction; false when the connection cannot be trusted any more.</summary>
    public abstract bool TryRollback();

    /// <summary>Binds the values and returns the running statement; dispose it to be able to run it again.</summary>
    public abstract SqlRun Start(string sql, scoped ReadOnlySpan<SqlValue> values);

    /// <summary>Runs a script of several statements, outside the statement cache.</summary>
    public abstract void Script(string sql);

    /// <summary>Inserts many rows at once, in the way that is fastest here.</summary>
    /// <param name="table">A name of the schema.</param>
    /// <param name="columns">The columns that each row has values for, in this order.</param>
    /// <param name="rows">Their values.</param>
    public abstract void InsertMany(
        string table, IReadOnlyList<TableColumn> columns, IReadOnlyList<SqlValue[]> rows);

    public abstract void Dispose();

    protected virtual void Run(string sql)
    {
        using var run = Start(sql, []);
        run.Step();
    }
}

/// <summary>One execution of a statement.</summary>
internal abstract class SqlRun : IDisposable
{
    /// <summary>The current row; valid until the next one is read.</summary>
    public abstract Row Row { get; }

    /// <summary>Moves to the next row; false at the end.</summary>
    public abstract bool Step();

    public abstract void Dispose();
}
