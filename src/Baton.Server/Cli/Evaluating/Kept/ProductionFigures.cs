using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Evaluation.Scoring;
using Baton.Evaluation.Shadows;
using Baton.Insights;
using Baton.Server.Cli.Evaluating.Shipping;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>Figures of real traffic that gates of the source <c>production</c> ask for.</summary>
internal static class ProductionFigures
{
    private const int Days = 28;

    /// <summary>By name, over the last four weeks.</summary>
    public static IReadOnlyDictionary<string, MetricValue> Of(Database database)
    {
        var overview = database.Read(c => Overview.Read(c, InsightPeriod.Last(Days, database.Clock.GetUtcNow())));
        var (tickets, escalated) = (overview.Count(TallyFigure.Ticket), overview.Count(TallyFigure.Escalated));
        var deflected = Share(Math.Max(0, tickets - escalated), tickets);
        return new Dictionary<string, MetricValue>
        {
            ["deflection"] = deflected, ["pilot_deflection"] = deflected,
            ["escalation_rate"] = Share(Math.Min(escalated, tickets), tickets),
            ["shadow_agreement"] = Agreement(database),
            ["csat"] = Share(overview.Count(TallyFigure.Satisfied), overview.Count(TallyFigure.Rated)),
        };
    }

    /// <summary>Of the last shadow with people.</summary>
    private static MetricValue Agreement(Database database)
    {
        var store = ShadowCommand.Store(database);
        return store.List(1) is [var shadow]
            ? new ShadowReport(shadow, store.Pairs(shadow.Id), store.Drops(shadow.Id)).WithPeople : Share(0, 0);
    }

    private static MetricValue Share(long hits, long of) => new(
        of == 0 ? double.NaN : (double)hits / of, Interval.Wilson(hits, of), (int)of, 0);
}
