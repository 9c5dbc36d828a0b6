using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Insights;

/// <summary>The figures of a period at a glance.</summary>
/// <param name="Totals">Every figure by its name.</param>
/// <param name="ByRoute">Decisions by route, in the order of the routes.</param>
public sealed record Overview(
    InsightPeriod Period, IReadOnlyDictionary<string, InsightCount> Totals, IReadOnlyDictionary<string, long> ByRoute)
{
    internal static Overview Read(ReadConnection connection, InsightPeriod period)
    {
        var routes = InsightReader.ByName(connection, TallyFigure.Decision, "route", period)
            .ToDictionary(r => r.Name, r => r.N);
        return new Overview(
            period, InsightReader.Totals(connection, period),
            EnumWords.All<Route>().ToDictionary(r => r, r => routes.GetValueOrDefault(r)));
    }

    public long Count(string figure) => Totals.GetValueOrDefault(figure).N;

    /// <summary>How many of one figure are also of the other.</summary>
    public InsightRate Rate(string of, string among) => new(Count(of), Count(among));
}

/// <summary>A share, with its 95 % interval by Wilson: most figures here are of few.</summary>
public readonly record struct InsightRate(long Hits, long Of)
{
    /// <summary>Null when there is nothing to take a share of.</summary>
    public double? Value => Of > 0 ? (double)Hits / Of : null;

    public Interval Interval => Interval.Wilson(Math.Min(Hits, Of), Of);
}
