using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Insights.Measuring;

/// <summary>What was counted in a minute, an hour or a longer time.</summary>
/// <param name="At">Minutes or hours since 1970, by what was asked for.</param>
/// <param name="Amount">Sum of what was counted; of a figure with money in millionths of a dollar.</param>
public readonly record struct SeriesSlot(long At, long N, double Amount);

/// <summary>Reads the series that alerts and triage are held against: those of facts, and those that were
/// measured.</summary>
internal static class SeriesReader
{
    /// <summary>Minutes for which single ones are kept.</summary>
    public const int Kept = 8 * 24 * SeriesRows.Hour;

    private const string Both = """
        select at, name, n, amount from insight_slots where series = $1 and step = $2 and at between $3 and $4
        union all
        select at, name, n, amount from measured where series = $1 and step = $2 and at between $3 and $4
        """;

    /// <summary>Minutes or hours in which something was counted, in order, both ends included.</summary>
    /// <param name="step">1 or <see cref="SeriesRows.Hour"/>.</param>
    public static List<SeriesSlot> Slots(ReadConnection connection, string series, int step, long from, long to) =>
        connection.Query($"select at, sum(n), sum(amount) from ({Both}) parts group by at order by at",
            row => new SeriesSlot(row.Int64(0), row.Int64(1), row.Double(2)), series, (long)step, from, to);

    /// <summary>The same by name, added up over the time.</summary>
    public static Dictionary<string, SeriesSlot> ByName(
        ReadConnection connection, string series, int step, long from, long to) => connection.Query(
            $"select name, sum(n), sum(amount), max(amount) from ({Both}) parts group by name",
            row => (Name: row.Text(0), Slot: new SeriesSlot(from, row.Int64(1), row.Double(2))), series, (long)step,
            from, to).ToDictionary(p => p.Name, p => p.Slot);

    /// <summary>The most that was seen of each name in minutes.</summary>
    public static Dictionary<string, double> Most(ReadConnection connection, string series, long from, long to) =>
        connection.Query(
            """
            select name, max(amount) from measured where series = $1 and step = 1 and at between $2 and $3 group by name
            """,
            row => (Name: row.Text(0), Most: row.Double(1)), series, from, to).ToDictionary(p => p.Name, p => p.Most);

    /// <summary>The first hour of which anything is known; null: of none.</summary>
    public static long? FirstHour(ReadConnection connection) => connection.Number(
        """
        select min(at) from (
            select min(at) as at from insight_slots where series = 'ticket' and step = $1
            union all select min(at) from measured where series = 'ticket' and step = $1) firsts
        """, (long)SeriesRows.Hour);

    /// <summary>Forgets single minutes that are older than eight days, and hours older than 400 days.</summary>
    public static void Forget(WriteTransaction transaction, DateTimeOffset now)
    {
        var minute = SeriesRows.MinuteOf(now);
        var (oldest, oldestHour) = (minute - Kept, (minute / SeriesRows.Hour) - (400 * 24));
        transaction.Execute(
            "delete from insight_slots where (step = 1 and at < $1) or (step = $3 and at < $2)", oldest, oldestHour,
            (long)SeriesRows.Hour);
        transaction.Execute(
            "delete from measured where (step = 1 and at < $1) or (step = $3 and at < $2)", oldest, oldestHour,
            (long)SeriesRows.Hour);
    }
}
