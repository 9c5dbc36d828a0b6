namespace Baton.Storage.Measured;

/// <summary>About how large a table is, and how much of that came in the last days.</summary>
/// <param name="Grown">Bytes since <paramref name="Days"/> ago; null where it was not looked at before.</param>
internal sealed record TableSize(string Name, long Bytes, long? Grown, int Days);

/// <summary>Sizes of tables, noted once a day.</summary>
internal static class TableSizes
{
    private const int Kept = 400, Compared = 7;

    /// <summary>Notes the sizes of today.</summary>
    public static void Note(WriteTransaction transaction, DateTimeOffset now)
    {
        var day = DayOf(now);
        foreach (var (name, bytes) in transaction.Catalog.Sizes(transaction))
            transaction.Execute(
                """
                insert into table_sizes (day, name, bytes) values ($1, $2, $3)
                on conflict (day, name) do update set bytes = $3
                """, day, name, bytes);
        transaction.Execute("delete from table_sizes where day < $1", day - Kept);
    }

    /// <summary>As they are now, the largest first, compared with a week before, or the oldest note there is.</summary>
    public static List<TableSize> Read(ReadConnection connection, DateTimeOffset now)
    {
        var day = DayOf(now);
        var then = connection.Number("select max(day) from table_sizes where day <= $1", day - Compared)
            ?? connection.Number("select min(day) from table_sizes where day < $1", day);
        var before = connection.Query("select name, bytes from table_sizes where day = $1",
            row => (Name: row.Text(0), Bytes: row.Int64(1)), then ?? -1).ToDictionary(r => r.Name, r => r.Bytes);
        return
        [
            .. connection.Catalog.Sizes(connection).Select(size => new TableSize(size.Table, size.Bytes,
                then is null ? null : size.Bytes - before.GetValueOrDefault(size.Table), (int)(day - (then ?? day)))),
        ];
    }

    private static long DayOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86_400;
}
