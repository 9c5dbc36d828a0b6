using Baton.Storage.Events;

namespace Baton.Storage.Engines;

/// <summary>What only a database's own tables can tell about ours.</summary>
internal abstract class StorageCatalog
{
    /// <summary>
    /// The highest number a table has given to its rows, those that are gone included; 0 for none. Null where numbers
    /// are left out for other reasons than a row that is gone.
    /// </summary>
    public abstract long? LastGiven(ReadConnection connection, string table);

    /// <inheritdoc cref="Ledger.Head(ReadConnection)"/>
    public abstract LedgerPlace LedgerHead(ReadConnection connection);

    /// <inheritdoc cref="Ledger.HeadsAfter"/>
    public abstract List<EventHeadline> EventsAfter(ReadConnection connection, LedgerPlace after, int limit);

    /// <summary>Every column of text that the database has, in order.</summary>
    public abstract List<TextColumn> TextColumns(ReadConnection connection);

    /// <summary>Calls <paramref name="read"/> with each row of a table as one line, in order of the lines.</summary>
    /// <param name="connection">One snapshot.</param>
    /// <param name="table">A name from this program, never from outside.</param>
    /// <param name="read">Gets a row of one column.</param>
    public abstract void ForEachLine(ReadConnection connection, string table, Action<Row> read);

    /// <summary>Every table, with its columns.</summary>
    public abstract List<TableShape> Tables(ReadConnection connection);

    /// <summary>The highest number that the database has given to rows of a table; 0 for none.</summary>
    public abstract long Given(ReadConnection connection, TableShape table);

    /// <summary>The next row gets a higher number than <paramref name="last"/>.</summary>
    public abstract void GoOnAfter(WriteTransaction transaction, TableShape table, long last);

    /// <summary>From the commit on, rows of these tables cannot be changed by any program.</summary>
    public abstract void Freeze(WriteTransaction transaction, IEnumerable<string> tables);

    /// <summary>Undoes <see cref="Freeze"/>.</summary>
    public abstract void Thaw(WriteTransaction transaction);

    /// <summary>Bytes of the whole database.</summary>
    public abstract long Bytes(ReadConnection connection);

    /// <summary>About how many bytes each table takes, the largest first.</summary>
    public abstract List<(string Table, long Bytes)> Sizes(ReadConnection connection);

    /// <summary>Name and version of the database, for people.</summary>
    public abstract string Version(ReadConnection connection);
}
