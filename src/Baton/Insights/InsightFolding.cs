using Baton.Storage;

namespace Baton.Insights;

/// <summary>
/// Adds <c>insight_facts</c> up into <c>insight_days</c>: for each figure and day one row a name of each cut. All
/// figures of a page are sums of those rows and of the few facts that are not in them yet.
/// </summary>
internal static class InsightFolding
{
    private const string Into =
        """
        insert into insight_days (cut, figure, day, name, step, n, amount)

        """;

    private const string Added =
        """

        on conflict (cut, figure, day, name, step) do update
        set n = insight_days.n + excluded.n, amount = insight_days.amount + excluded.amount
        """;

    /// <summary>Puts every fact that is not added up where it belongs.</summary>
    public static void Fold(WriteTransaction transaction)
    {
        if (transaction.Number("select 1 from insight_facts where folded = 0 limit 1") is null) return;
        // A statement for each cut: names of columns are no parameters.
        transaction.Execute(
            Into + """
            select 'all', figure, day, '', 0, sum(sign), sum(sign * amount)
            from insight_facts where folded = 0 group by figure, day
            """ + Added);
        foreach (var cut in Cuts) transaction.Execute(cut);
        transaction.Execute("update insight_facts set folded = 1 where folded = 0");
    }

    private static readonly string[] Cuts =
    [
        Into + """
        select 'route', figure, day, route, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and route is not null group by figure, day, route
        """ + Added,
        Into + """
        select 'intent', figure, day, intent, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and intent is not null group by figure, day, intent
        """ + Added,
        Into + """
        select 'queue', figure, day, queue, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and queue is not null group by figure, day, queue
        """ + Added,
        Into + """
        select 'rule', figure, day, rule, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and rule is not null group by figure, day, rule
        """ + Added,
        Into + """
        select 'tier', figure, day, tier, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and tier is not null group by figure, day, tier
        """ + Added,
        Into + """
        select 'model', figure, day, model, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and model is not null group by figure, day, model
        """ + Added,
        Into + """
        select 'person', figure, day, person, 0, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and person is not null group by figure, day, person
        """ + Added,
        Into + """
        select 'all', 'latency', day, '', step, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and figure = 'decision' group by day, step
        """ + Added,
        Into + """
        select 'tier', 'latency', day, tier, step, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and figure = 'decision' and tier is not null group by day, tier, step
        """ + Added,
        Into + """
        select 'intent', 'latency', day, intent, step, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and figure = 'decision' and intent is not null group by day, intent, step
        """ + Added,
        Into + """
        select 'queue', 'arrival', day, queue, step, sum(sign), sum(sign * amount)
        from insight_facts where folded = 0 and figure = 'handed_over' and queue is not null group by day, queue, step
        """ + Added,
    ];
}
