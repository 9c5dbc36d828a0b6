namespace Baton.Storage.Measured;

/// <summary>About how large a table is, and how much of that came in the last days.</summary>
/// <param name="Grown">Bytes since <paramref name="Days"/> ago; null where it was not looked at before.</param>
internal sealed record TableSize(string Name, long Bytes, long? Grown, int Days);

/// <summary>Sizes of tables, noted once a day.</summary>
internal static class TableSizes
{
    private const int Kept = 400, Compared = 7;

    /// <summary>Notes the sizes of today.</summary>
    /// <param name="sizes">Read before: counting takes longer than a transaction that others wait for may.</param>
    public static void Note(
        WriteTransaction transaction, IReadOnlyList<(string Table, long Bytes)> sizes, DateTimeOffset now)
    {
        var day = DayOf(now);
        foreach (var (name, bytes) in sizes)
            transaction.Execute(
                """
                insert into table_sizes (day, name, bytes) values ($1, $2, $3)
                on conflict (day, name) do update set bytes = $3
                """, day, name, bytes);
        transaction.Execute("delete from table_sizes where day < $1", day - Kept);
    }

    /// <summary>
    /// As they were noted last, the largest first, compared with a week before, or the oldest note there is. Empty:
    /// nothing was noted yet.
    /// </summary>
    public static List<TableSize> Read(ReadConnection connection)
    {
        if (connection.Number("select max(day) from table_sizes") is not { } day) return [];
        var then = connection.Number("select max(day) from table_sizes where day <= $1", day - Compared)
            ?? connection.Number("select min(day) from table_sizes where day < $1", day);
        var before = Of(connection, then ?? -1).ToDictionary(size => size.Name, size => size.Bytes);
        return
        [
            .. Of(connection, day).Select(size => new TableSize(size.Name, size.Bytes,
                then is null ? null : size.Bytes - before.GetValueOrDefault(size.Name), (int)(day - (then ?? day)))),
        ];
    }

    private static List<(string Name, long Bytes)> Of(ReadConnection connection, long day) => connection.Query(
        "select name, bytes from table_sizes where day = $1 order by bytes desc, name",
        row => (row.Text(0), row.Int64(1)), day);

    private static long DayOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86_400;
}
