using Baton.Conversations.Promises;
using Baton.Conversations.ServiceLevels;
using Baton.Playbooks;

namespace Baton.Benchmarks.RosterDays;

/// <summary>
/// How long do customers wait, are promises kept, and is work shared fairly, when 30 people in three shifts with breaks
/// get 2,000 tickets in a day? The product's own store, router, clocks and promises, on a clock that is moved by hand.
/// </summary>
internal static class RosterDay
{
    private const int Seed = 7;

    public static async Task<int> RunAsync(int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            await using var day = new SimulatedDay(folder, Seed);
            await day.RunAsync(tickets);
            Waiting(day);
            ServiceLevels(day);
            Promises(day);
            Fairness(day);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Waiting(SimulatedDay day)
    {
        Console.WriteLine("| priority | tickets | waiting p50, min | p95, min | in staffed hours: tickets | p50, min | p95, min |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var priority in Enum.GetValues<Priority>().Reverse())
        {
            var all = day.Done.Where(t => t.Priority == priority).ToList();
            var staffed = all.Where(t => t.ArrivedInHours).ToList();
            Console.WriteLine($"| {EnumWords.Of(priority)} | {all.Count} | {Minutes(all, 0.5)} | {Minutes(all, 0.95)} | "
                + $"{staffed.Count} | {Minutes(staffed, 0.5)} | {Minutes(staffed, 0.95)} |");
        }
        Console.WriteLine();
    }

    private static string Minutes(List<WaitedTicket> tickets, double share) => tickets.Count == 0 ? "–"
        : tickets.Select(t => t.Waited.TotalMinutes).Order().ElementAt((int)(share * (tickets.Count - 1)))
        .ToString("0.0");

    private static void ServiceLevels(SimulatedDay day)
    {
        foreach (var metric in (string[])[SlaMetric.FirstReply, SlaMetric.Resolution])
        {
            var clocks = day.Done.Select(t => day.State(t.Id).Clocks[metric]).ToList();
            var met = clocks.Count(c => c.State == ClockState.Met);
            Console.WriteLine($"- {metric}: {met} met, {clocks.Count(c => c.State == ClockState.Breached)} breached");
        }
    }

    private static void Promises(SimulatedDay day)
    {
        var (kept, broken) = day.Read(c => PromiseTables.Figures(c, day.Start.AddDays(-1), day.Start.AddDays(7)));
        var open = day.Arrived - day.Done.Count;
        Console.WriteLine($"- promises: {kept} kept, {broken} broken ({(double)kept / (kept + broken):P1} kept); {open} tickets left open");
        var early = day.Done.Select(t => (day.State(t.Id).Promises.All[0].By - t.RepliedAt).TotalMinutes).Order()
            .ToList();
        Console.WriteLine($"- a promise is {early[early.Count / 2]:0} minutes later than the reply at the median, "
            + $"{early[early.Count / 20]:0} at the 5th percentile");
    }

    private static void Fairness(SimulatedDay day)
    {
        foreach (var shift in day.Workers.Where(w => w.Queues is ["l1"]).GroupBy(w => w.Shift).OrderBy(g => g.Key))
        {
            var people = shift.Select(w => w.Tickets / w.OnlineHours).Order().ToList();
            var jain = Math.Pow(people.Sum(), 2) / (people.Count * people.Sum(p => p * p));
            Console.WriteLine($"- fairness, shift from {shift.Key.Hours}:00: the {people.Count} people of l1 alone got {people[0]:0.0} to "
                + $"{people[^1]:0.0} tickets an hour online; Jain's index {jain:0.000} (1: all the same)");
        }
        Console.WriteLine($"- offers: {day.Offers} made, {day.Expired} not answered in time, {day.Declined} declined; "
            + $"most points of one person at once: {day.MostLoad} of {SimulatedDay.Capacity}");
    }
}
