using Baton.Storage.Engines;

namespace Baton.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteCatalog : StorageCatalog
{
    public static readonly SqliteCatalog Instance = new();

    private SqliteCatalog() { }

    public override long? LastGiven(ReadConnection connection, string table) =>
        connection.Number("select seq from sqlite_sequence where name = $1", table) ?? 0;

    public override List<TextColumn> TextColumns(ReadConnection connection) => connection.Query(
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

    public override void ForEachLine(ReadConnection connection, string table, Action<Row> read)
    {
        var columns = connection.Query($"select name from pragma_table_info('{table}') order by cid", r => r.Text(0));
        var line = string.Join(" || ',' || ", columns.Select(c => $"quote({c})"));
        connection.ForEach($"select line from (select {line} as line from {table}) order by 1", read);
    }
}
