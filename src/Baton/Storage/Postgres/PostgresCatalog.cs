using Baton.Storage.Engines;

namespace Baton.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PostgresCatalog : StorageCatalog
{
    public static readonly PostgresCatalog Instance = new();

    private PostgresCatalog() { }

    /// <summary>A sequence counts on where a transaction is undone.</summary>
    public override long? LastGiven(ReadConnection connection, string table) => null;

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
}
