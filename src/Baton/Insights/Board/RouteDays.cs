using Baton.Conversations.Tallies;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>The decisions of one day by route.</summary>
/// <param name="Shares">In the order of the routes.</param>
public sealed record RouteDay(long Day, long Decisions, IReadOnlyList<RouteShare> Shares);

/// <summary>One route on one day.</summary>
/// <param name="Band">Where it was to be expected; null: too few days before.</param>
public sealed record RouteShare(string Route, long N, double Share, ShiftBand? Band, bool IsShift);

/// <summary>The distribution of decisions, day by day, with the days that leave their band.</summary>
internal static class RouteDays
{
    /// <summary>The days of a period that had decisions, newest first.</summary>
    public static IReadOnlyList<RouteDay> Read(ReadConnection connection, InsightPeriod period)
    {
        var rows = InsightReader.ByDay(
            connection, TallyFigure.Decision, "route", period with { From = period.From - ShiftBand.Window });
        var days = rows.GroupBy(r => r.Day).OrderBy(d => d.Key)
            .Select(d => (Day: d.Key, Of: d.Sum(r => r.N), Counts: d.ToDictionary(r => r.Name, r => r.N))).ToList();
        var routes = EnumWords.All<Route>().Select(route => (Route: route, Shares: days.ConvertAll(
            d => new DayShare(d.Day, d.Counts.GetValueOrDefault(route), d.Of)).ToArray())).ToList();
        var (found, first) = (new List<RouteDay>(), 0);
        for (var i = 0; i < days.Count; i++)
        {
            // Days of long before say little of today.
            while (days[first].Day < days[i].Day - 2 * ShiftBand.Window) first++;
            if (days[i].Day < period.From || days[i].Of <= 0) continue;
            var (from, today) = (first, i);
            found.Add(new RouteDay(days[i].Day, days[i].Of, routes.ConvertAll(route => Of(
                route.Route, new ArraySegment<DayShare>(route.Shares, from, today - from), route.Shares[today]))));
        }
        found.Reverse();
        return found;
    }

    private static RouteShare Of(string route, ArraySegment<DayShare> before, DayShare today)
    {
        var band = ShiftBand.Expect(before, today.Of);
        return new RouteShare(route, today.Hits, today.Value, band, band?.Excludes(today) ?? false);
    }
}
