using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// Tickets for Northwind, no text twice: repeated ones would be answered out of caches that a real day never fills.
/// </summary>
internal static class BenchTickets
{
    public static IEnumerable<string> Lines(int count)
    {
        var directory = Path.Combine(BatonProcess.Root, "playbooks", "northwind");
        return PlaybookLoader.Load(directory) is LoadedPlaybook.Valid valid
            ? DistinctTickets.Lines(valid.Playbook, count, "B")
            : throw new InvalidOperationException($"{directory} is not a valid playbook");
    }

    /// <summary>Writes them out, for <c>baton run</c> of two versions beside each other.</summary>
    public static int Print(int count)
    {
        foreach (var line in Lines(count)) Console.WriteLine(line);
        return 0;
    }
}
