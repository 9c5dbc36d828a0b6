namespace Baton.Storage.Sqlite;

/// <summary>What only SQLite's own tables can tell about ours.</summary>
internal static class SqliteCatalog
{
    /// <summary>
    /// The highest number a table's autoincrement has given, rows that are gone included; 0 for none.
    /// </summary>
    public static long LastGiven(ReadConnection connection, string table) =>
        connection.Number("select seq from sqlite_sequence where name = $1", table) ?? 0;

    /// <summary>
    /// Calls <paramref name="read"/> with each row of a table as one line of SQL literals, in order of the lines.
    /// </summary>
    /// <param name="table">A name from this program, never from outside.</param>
    public static void ForEachLine(ReadConnection connection, string table, Action<Row> read)
    {
        var columns = connection.Query($"select name from pragma_table_info('{table}') order by cid", r => r.Text(0));
        var line = string.Join(" || ',' || ", columns.Select(c => $"quote({c})"));
        connection.ForEach($"select line from (select {line} as line from {table}) order by 1", read);
    }
}
