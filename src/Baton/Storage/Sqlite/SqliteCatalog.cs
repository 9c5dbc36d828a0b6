namespace Baton.Storage.Sqlite;

/// <summary>What only SQLite's own tables can tell about ours.</summary>
internal static class SqliteCatalog
{
    /// <summary>
    /// The highest number a table's autoincrement has given, rows that are gone included; 0 for none.
    /// </summary>
    public static long LastGiven(ReadConnection connection, string table) =>
        connection.Number("select seq from sqlite_sequence where name = $1", table) ?? 0;

    /// <summary>Every column of text that the file has, in order.</summary>
    public static List<TextColumn> TextColumns(ReadConnection connection) => connection.Query(
        """
        select t.name, c.name,
            (select group_concat(case when k.type = 'blob' then 'hex("' || k.name || '")'
                    when k.pk = 1 then 'cast("' || k.name || '" as text)'
                    else ''' ' || k.name || ' '' || cast("' || k.name || '" as text)' end, ' || ' order by k.pk)
                from pragma_table_info(t.name) k where k.pk > 0)
        from sqlite_master t join pragma_table_info(t.name) c
        where t.type = 'table' and t.name not like 'sqlite!_%' escape '!' and lower(c.type) = 'text'
        order by t.name, c.cid
        """,
        row => new TextColumn(row.Text(0), row.Text(1), row.TextOrNull(2) ?? "cast(rowid as text)"));

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
