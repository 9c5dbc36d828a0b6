using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteCatalog : StorageCatalog
{
    public static readonly SqliteCatalog Instance = new();

    private const int SampledRows = 1_000;

    private static readonly string[] Writes = ["insert", "update", "delete"];

    private SqliteCatalog() { }

    public override long? LastGiven(ReadConnection connection, string table) =>
        connection.Number("select seq from sqlite_sequence where name = $1", table) ?? 0;

    public override LedgerPlace LedgerHead(ReadConnection connection) =>
        new(0, connection.Number("select max(seq) from events") ?? 0);

    public override List<EventHeadline> EventsAfter(ReadConnection connection, LedgerPlace after, int limit) =>
        connection.Query(
            "select seq, conversation_id, type from events where seq > $1 order by seq limit $2",
            row => new EventHeadline(new LedgerPlace(0, row.Int64(0)), row.Text(1), row.Text(2)), after.Seq,
            (long)limit);

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

    public override List<TableShape> Tables(ReadConnection connection) => TableShape.Of(connection.Query(
        """
        select t.name, c.name, lower(c.type), c.pk, c.pk > 0 and instr(lower(t.sql), 'autoincrement') > 0
        from sqlite_master t join pragma_table_info(t.name) c
        where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
        """,
        row => new TableShape.Line(row.Text(0), row.Text(1), row.Text(2), row.Int32(3), row.Bool(4))));

    public override long Given(ReadConnection connection, TableShape table) => LastGiven(connection, table.Name) ?? 0;

    public override void GoOnAfter(WriteTransaction transaction, TableShape table, long last)
    {
        if (transaction.Execute("update sqlite_sequence set seq = $2 where name = $1", table.Name, last) == 0)
            transaction.Execute("insert into sqlite_sequence (name, seq) values ($1, $2)", table.Name, last);
    }

    public override void Freeze(WriteTransaction transaction, IEnumerable<string> tables) => transaction.Script(
        string.Join('\n', tables.SelectMany(table => Writes.Select(write =>
            $"create trigger if not exists frozen_{write}_{table} before {write} on \"{table}\" "
            + $"begin select raise(abort, '{SqliteFault.Frozen}'); end;"))));

    public override void Thaw(WriteTransaction transaction) => transaction.Script(
        string.Join('\n', transaction.Query(
            "select name from sqlite_master where type = 'trigger' and name like 'frozen!_%' escape '!'",
            row => $"drop trigger \"{row.Text(0)}\";")));

    public override long Bytes(ReadConnection connection) =>
        (connection.Number("pragma page_count") ?? 0) * (connection.Number("pragma page_size") ?? 0);

    /// <summary>Rows times what some of them hold: the engine is built without a table that knows its pages.</summary>
    public override List<(string Table, long Bytes)> Sizes(ReadConnection connection) =>
        [.. Tables(connection).Select(table =>
        {
            var row = string.Join(" + ", table.Columns.Select(c => $"coalesce(length(cast(\"{c.Name}\" as blob)), 0)"));
            var each = connection.Number(
                $"select cast(avg({row}) as integer) from (select * from \"{table.Name}\" limit {SampledRows})") ?? 0;
            return (table.Name, Bytes: each * (connection.Number($"select count(*) from \"{table.Name}\"") ?? 0));
        }).OrderByDescending(t => t.Bytes)];

    public override string Version(ReadConnection connection) => $"SQLite {SqliteLibrary.Version}";
}
