using Baton.Escalation.Queues;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.People;
using Baton.Playbooks;
using NodaTime;

namespace Baton.Server.Pages.Figures.Charts;

/// <summary>What comes to a queue in an hour of the day, and what the people of the roster can take then.</summary>
/// <param name="Arrivals">Tickets of each hour in UTC, a day on average.</param>
/// <param name="Capacity">
/// Tickets of each hour: people of the queue, each a share for every queue they work in, over its <c>handle_time</c>,
/// for the part of the days on which the hour is staffed.
/// </param>
public sealed record QueueFlow(string Queue, IReadOnlyList<double> Arrivals, IReadOnlyList<double> Capacity)
{
    /// <summary>Days whose staffed hours are looked at: four weeks have every weekday four times.</summary>
    private const int Looked = 28;

    public double ADay => Arrivals.Sum();

    public double CapacityADay => Capacity.Sum();

    /// <summary>Hours in which more comes than can be taken.</summary>
    public IReadOnlyList<int> ShortHours =>
        [.. Enumerable.Range(0, Arrivals.Count).Where(h => Arrivals[h] > Capacity[h] && Capacity[h] > 0)];

    /// <summary>Every queue to which something came.</summary>
    internal static IReadOnlyList<QueueFlow> Of(
        IReadOnlyList<QueueArrivals> arrivals, IReadOnlyList<Person> people, Playbook playbook, InsightPeriod period) =>
        [.. arrivals.Select(a => new QueueFlow(
            a.Queue, [.. a.Hours.Select(n => (double)n / period.Days)],
            playbook.FindQueue(a.Queue) is { } queue ? CapacityOf(queue, people, period) : new double[a.Hours.Count]))];

    private static double[] CapacityOf(Queue queue, IReadOnlyList<Person> people, InsightPeriod period)
    {
        var staff = people.Where(p => p.DisabledAt is null && p.Queues.Contains(queue.Name))
            .Sum(p => 1.0 / p.Queues.Count);
        var anHour = staff * Duration.FromHours(1).TotalMinutes / Math.Max(1, queue.HandleTime.TotalMinutes);
        var first = Instant.FromUnixTimeSeconds(0) + Duration.FromDays(Math.Max(period.From, period.To - Looked + 1));
        var days = Math.Min(Looked, period.Days);
        return
        [
            .. Enumerable.Range(0, QueueArrivals.HoursADay)
                .Select(hour => anHour * Enumerable.Range(0, days).Average(day =>
            {
                var start = first + Duration.FromDays(day) + Duration.FromHours(hour);
                return StaffedHours.StaffedBetween(queue, start, start + Duration.FromHours(1)).TotalHours;
            })),
        ];
    }
}
