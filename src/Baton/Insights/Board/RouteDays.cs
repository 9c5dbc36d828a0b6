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
        return [.. days.Index().Where(d => d.Item.Day >= period.From && d.Item.Of > 0).Reverse()
            .Select(d => new RouteDay(d.Item.Day, d.Item.Of, [.. EnumWords.All<Route>().Select(route =>
            {
                var today = new DayShare(d.Item.Day, d.Item.Counts.GetValueOrDefault(route), d.Item.Of);
                // Days of long before say little of today.
                var before = days.Take(d.Index).Skip(d.Index - 2 * ShiftBand.Window)
                    .Where(b => b.Day >= today.Day - 2 * ShiftBand.Window)
                    .Select(b => new DayShare(b.Day, b.Counts.GetValueOrDefault(route), b.Of));
                var band = ShiftBand.Expect(before, today.Of);
                return new RouteShare(
                    route, today.Hits, today.Value, band, band?.Excludes(today) ?? false);
            })])),
        ];
    }
}
