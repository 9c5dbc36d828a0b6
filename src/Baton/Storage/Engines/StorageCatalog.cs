namespace Baton.Storage.Engines;

/// <summary>What only a database's own tables can tell about ours.</summary>
internal abstract class StorageCatalog
{
    /// <summary>
    /// The highest number a table has given to its rows, those that are gone included; 0 for none. Null where numbers
    /// are left out for other reasons than a row that is gone.
    /// </summary>
    public abstract long? LastGiven(ReadConnection connection, string table);

    /// <summary>Every column of text that the database has, in order.</summary>
    public abstract List<TextColumn> TextColumns(ReadConnection connection);

    /// <summary>Calls <paramref name="read"/> with each row of a table as one line, in order of the lines.</summary>
    /// <param name="connection">One snapshot.</param>
    /// <param name="table">A name from this program, never from outside.</param>
    /// <param name="read">Gets a row of one column.</param>
    public abstract void ForEachLine(ReadConnection connection, string table, Action<Row> read);
}
