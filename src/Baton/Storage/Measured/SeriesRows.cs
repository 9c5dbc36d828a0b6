namespace Baton.Storage.Measured;

/// <summary>
/// Writes series that are no facts of tickets, by the minute and by the hour. Several processes write the same row:
/// what
/// is counted adds up, of what is looked at the most stays.
/// </summary>
internal static class SeriesRows
{
    /// <summary>Minutes of an hour; the two steps that are kept are 1 and this.</summary>
    public const int Hour = 60;

    /// <summary>Names that one series may have in a minute; more are dropped, so that nothing grows without
    /// end.</summary>
    public const int MostNames = 50;

    /// <summary>Minutes since 1970.</summary>
    public static long MinuteOf(DateTimeOffset at) => Math.DivRem(at.ToUnixTimeSeconds(), Hour).Quotient;

    /// <summary>Counts something that happened, for slices whose facts are no events of tickets.</summary>
    /// <param name="amount">Added to the sum, for means.</param>
    public static void Count(
        WriteTransaction transaction, string series, DateTimeOffset at, long n, double amount, string name = "")
    {
        foreach (var step in (long[])[1, Hour])
            transaction.Execute(
                """
                insert into measured (series, step, at, name, n, amount) values ($1, $2, $3, $4, $5, $6)
                on conflict (series, step, at, name) do update
                set n = measured.n + excluded.n, amount = measured.amount + excluded.amount
                """,
                series, step, MinuteOf(at) / step, name, n, amount);
    }

    /// <summary>Notes what was seen.</summary>
    public static void See(WriteTransaction transaction, IEnumerable<SeriesPoint> points, DateTimeOffset at)
    {
        foreach (var series in points.GroupBy(p => p.Series))
        foreach (var point in series.Take(MostNames))
        foreach (var step in (long[])[1, Hour])
            transaction.Execute(
                """
                insert into measured (series, step, at, name, n, amount) values ($1, $2, $3, $4, 1, $5)
                on conflict (series, step, at, name) do update set n = measured.n + 1,
                    amount = case when measured.amount > excluded.amount then measured.amount else excluded.amount end
                """,
                point.Series, step, MinuteOf(at) / step, point.Name, point.Value);
    }
}
