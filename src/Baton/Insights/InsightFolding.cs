using Baton.Insights.Measuring;
using Baton.Storage;

namespace Baton.Insights;

/// <summary>
/// Adds <c>insight_facts</c> up into <c>insight_days</c>: for each figure one row a name of each cut and day, and one a
/// block of 16 days, so that a year is read in a tenth of the rows. All figures of a page are sums of those rows and of
/// the few facts that are not in them yet.
/// </summary>
internal static class InsightFolding
{
    /// <summary>Days of a block.</summary>
    public const int Block = 16;

    /// <summary>Ends the name of a cut whose rows are of blocks.</summary>
    public const string OfBlocks = "/16";

    /// <summary>Puts every fact that is not added up where it belongs.</summary>
    public static void Fold(WriteTransaction transaction) => Fold(transaction, null);

    /// <param name="told">Gets what was added up, once that is on the disk.</param>
    public static void Fold(WriteTransaction transaction, Action<IEnumerable<FoldedCount>>? told)
    {
        transaction.Lock("insights");
        // Marked first: others add facts between these statements.
        if (transaction.Execute("update insight_facts set folded = 2 where folded = 0") == 0) return;
        foreach (var sums in Sums) transaction.Execute(sums);
        if (told is not null)
        {
            var counts = transaction.Query(
                """
                select figure, coalesce(route, ''), coalesce(tier, ''),
                    case when figure = 'decision' then step else 0 end, count(*)
                from insight_facts where folded = 2 and sign = 1 group by 1, 2, 3, 4
                """,
                row => new FoldedCount(row.Text(0), row.Text(1), row.Text(2), row.Int32(3), row.Int64(4)));
            transaction.AfterCommit(() => told(counts));
        }
        transaction.Execute("update insight_facts set folded = 1 where folded = 2");
    }

    /// <summary>A statement for each cut: names of columns are no parameters.</summary>
    private static readonly string[] Sums =
    [
        .. Both("all", "figure", "''", "0", "1 = 1"),
        .. InsightReader.Cuts.SelectMany(cut => Both(cut, "figure", cut, "0", $"{cut} is not null")),
        .. Both("all", "'latency'", "''", "step", "figure = 'decision'"),
        .. ((string[])["tier", "intent"]).SelectMany(
            cut => Both(cut, "'latency'", cut, "step", $"figure = 'decision' and {cut} is not null")),
        .. Both("queue", "'arrival'", "queue", "step", "figure = 'handed_over' and queue is not null"),
        .. Slots("figure", "''", "1 = 1"),
        .. Slots("'latency'", "cast(step as text)", "figure = 'decision'"),
    ];

    /// <summary>The same by the minute and the hour in which it happened; what is taken back later happened all the
    /// same.</summary>
    private static IEnumerable<string> Slots(string figure, string name, string where) =>
        ((string[])["1", "60"]).Select(step =>
            $"""
            insert into insight_slots (series, step, at, name, n, amount)
            select the_figure, {step}, the_slot, the_name, sum(sign), sum(amount) from (
                select {figure} as the_figure, slot / {step} as the_slot, {name} as the_name, sign, amount
                from insight_facts where folded = 2 and sign = 1 and {where}) facts
            group by the_figure, the_slot, the_name
            on conflict (series, step, at, name) do update
            set n = insight_slots.n + excluded.n, amount = insight_slots.amount + excluded.amount
            """);

    private static IEnumerable<string> Both(string cut, string figure, string name, string step, string where) =>
        [Sum(cut, figure, "day", name, step, where), Sum(cut + OfBlocks, figure, $"day / {Block}", name, step, where)];

    private static string Sum(string cut, string figure, string day, string name, string step, string where) =>
        $"""
        insert into insight_days (cut, figure, day, name, step, n, amount)
        select '{cut}', the_figure, the_day, the_name, the_step, sum(sign), sum(sign * amount) from (
            select {figure} as the_figure, {day} as the_day, {name} as the_name, {step} as the_step, sign, amount
            from insight_facts where folded = 2 and {where}) facts
        group by the_figure, the_day, the_name, the_step
        on conflict (cut, figure, day, name, step) do update
        set n = insight_days.n + excluded.n, amount = insight_days.amount + excluded.amount
        """;
}
