using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PostgresCatalog : StorageCatalog
{
    public static readonly PostgresCatalog Instance = new();

    private PostgresCatalog() { }

    /// <summary>A sequence counts on where a transaction is undone.</summary>
    public override long? LastGiven(ReadConnection connection, string table) => null;

    /// <summary>What is below the oldest transaction that writes now is complete.</summary>
    private const string Complete = "xid < pg_snapshot_xmin(pg_current_snapshot())";

    public override LedgerPlace LedgerHead(ReadConnection connection) => connection.First(
        $"""
        select cast(cast(xid as text) as bigint), seq from events
        where {Complete} order by xid desc, seq desc limit 1
        """,
        row => new LedgerPlace(row.Int64(0), row.Int64(1)));

    public override List<EventHeadline> EventsAfter(ReadConnection connection, LedgerPlace after, int limit) =>
        connection.Query(
            $"""
            select cast(cast(xid as text) as bigint), seq, conversation_id, type from events
            where (xid, seq) > (cast(cast($1 as text) as xid8), $2) and {Complete} order by xid, seq limit $3
            """,
            row => new EventHeadline(new LedgerPlace(row.Int64(0), row.Int64(1)), row.Text(2), row.Text(3)),
            after.Commit, after.Seq, (long)limit);

    public override List<TextColumn> TextColumns(ReadConnection connection) => connection.Query(
        """
        select c.table_name, c.column_name,
            (select string_agg(case when a.atttypid = 'bytea'::regtype then format('encode(%I, ''hex'')', a.attname)
                    when k.place = 1 then format('cast(%I as text)', a.attname)
                    else format(''' %s '' || cast(%I as text)', a.attname, a.attname) end, ' || ' order by k.place)
                from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(number, place)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                where i.indisprimary and i.indrelid = format('%I', c.table_name)::regclass)
        from information_schema.columns c
        where c.table_schema = current_schema() and c.data_type = 'text'
        order by c.table_name collate "C", c.ordinal_position
        """,
        row => new TextColumn(row.Text(0), row.Text(1), row.TextOrNull(2) ?? "cast(ctid as text)"));

    public override void ForEachLine(ReadConnection connection, string table, Action<Row> read) =>
        connection.ForEach($"select line from (select t::text as line from {table} t) lines order by 1", read);

    public override List<TableShape> Tables(ReadConnection connection) => TableShape.Of(connection.Query(
        """
        select c.relname, a.attname, format_type(a.atttypid, null),
            coalesce(array_position(string_to_array(cast(i.indkey as text), ' '), cast(a.attnum as text)), 0),
            case when a.attidentity <> '' then 1 else 0 end
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            -- What tells the order of commits is of this server and of no other database.
            and a.atttypid <> 'xid8'::regtype
        """,
        row => new TableShape.Line(row.Text(0), row.Text(1), row.Text(2), row.Int32(3), row.Bool(4))));

    public override long Given(ReadConnection connection, TableShape table) => connection.Number(
        "select coalesce(pg_sequence_last_value(cast(pg_get_serial_sequence($1, $2) as regclass)), 0)",
        table.Name, table.Counted) ?? 0;

    public override void GoOnAfter(WriteTransaction transaction, TableShape table, long last) => transaction.Number(
        "select setval(cast(pg_get_serial_sequence($1, $2) as regclass), $3)", table.Name, table.Counted, last);

    public override void Freeze(WriteTransaction transaction, IEnumerable<string> tables) => transaction.Script(
        $"""
        create or replace function baton_frozen() returns trigger language plpgsql as
            $$ begin raise exception 'frozen' using errcode = '{PostgresFault.Frozen}'; end $$;
        """
        + string.Join('\n', tables.Select(table =>
            $"create or replace trigger baton_frozen before insert or update or delete on \"{table}\" "
            + "for each statement execute function baton_frozen();")));

    public override void Thaw(WriteTransaction transaction) =>
        transaction.Script("drop function if exists baton_frozen() cascade");

    public override long Bytes(ReadConnection connection) =>
        connection.Number("select pg_database_size(current_database())") ?? 0;

    public override List<(string Table, long Bytes)> Sizes(ReadConnection connection) => connection.Query(
        """
        select c.relname, (select cast(sum(pg_total_relation_size(t.relid)) as bigint) from pg_partition_tree(c.oid) t)
        from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        order by 2 desc, 1
        """,
        row => (row.Text(0), row.Int64OrNull(1) ?? 0));

    public override string Version(ReadConnection connection) =>
        $"PostgreSQL {connection.First("select current_setting('server_version')", row => row.Text(0))}";
}
