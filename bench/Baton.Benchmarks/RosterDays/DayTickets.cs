using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Benchmarks.RosterDays;

/// <summary>What comes in during the day.</summary>
internal static class DayTickets
{
    /// <summary>Arrivals by hour of the day, as shares of the busiest hour.</summary>
    private static readonly double[] Hours =
        [.1, .1, .1, .1, .1, .2, .4, .6, .8, .9, 1, 1, .9, .9, .9, .9, .8, .7, .6, .6, .5, .4, .2, .1];

    public static HandoffPacket Packet { get; } = new()
    {
        Customer = new PacketCustomer(null, "standard", false), Summary = "", Transcript = [], Reason = "",
        Account = new Dictionary<string, string>(), LastAttempt = "",
    };

    /// <summary>Northwind with every queue as push, and the time that its people need for a ticket.</summary>
    public static string Playbook(string folder)
    {
        var source = Path.Combine(Throughput.BatonProcess.Root, "playbooks", "northwind");
        var target = Path.Combine(folder, "playbook");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var queues = Path.Combine(target, "queues.yaml");
        var lines = File.ReadLines(queues).Where(l => !l.Contains("assignment:") && !l.Contains("accept_within:"))
            .SelectMany(l => l.StartsWith("    description:", StringComparison.Ordinal)
                ? (string[])[l, "    assignment: push", "    handle_time: 5m"] : [l]);
        File.WriteAllLines(queues, [.. lines]);
        return target;
    }

    /// <summary>Times after midnight, in order.</summary>
    public static IReadOnlyList<TimeSpan> Arrivals(Random random, int count)
    {
        var total = Hours.Sum();
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var at = random.NextDouble() * total;
            var hour = 0;
            while (at > Hours[hour]) at -= Hours[hour++];
            return TimeSpan.FromHours(hour + at / Hours[hour]);
        }).Order()];
    }

    /// <summary>Queue, priority and required skills of a ticket.</summary>
    public static (string Queue, Priority Priority, string[] Skills) Next(Random random)
    {
        var queue = Pick(random, ("l1", 68), ("billing", 14), ("l2", 8), ("l3", 3), ("priority", 7));
        var priority = queue == "priority" ? Priority.Urgent
            : Pick(random, (Priority.Low, 15), (Priority.Normal, 62), (Priority.High, 20), (Priority.Urgent, 3));
        return (queue, priority, queue == "l1" && random.NextDouble() < 0.08 ? ["spanish"] : []);
    }

    public static SlaPolicy Policy(Random random, Playbook playbook)
    {
        var name = Pick(random, ("standard", 70), ("members", 25), ("enterprise", 5));
        return playbook.SlaPolicies.First(p => p.Name == name);
    }

    private static T Pick<T>(Random random, params (T Value, int Weight)[] choices)
    {
        var at = random.Next(choices.Sum(c => c.Weight));
        foreach (var (value, weight) in choices)
            if ((at -= weight) < 0) return value;
        throw new System.Diagnostics.UnreachableException();
    }
}
