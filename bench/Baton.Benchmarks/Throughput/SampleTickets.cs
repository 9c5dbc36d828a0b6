using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Throughput;

/// <summary>Northwind's sample tickets again and again, each time under fresh ids.</summary>
internal static class SampleTickets
{
    public static IEnumerable<string> Lines(int count)
    {
        var samples = File.ReadAllLines(Path.Combine(BatonProcess.Root, "playbooks", "northwind", "samples", "tickets.jsonl"))
            .Where(line => line.Length > 0).ToList();
        for (var i = 0; i < count; i++)
        {
            var ticket = JsonNode.Parse(samples[i % samples.Count])!.AsObject();
            ticket["id"] = $"B-{i}";
            if (ticket["customer"]?["id"] is { } customer) ticket["customer"]!["id"] = $"{customer}-{i / samples.Count}";
            yield return ticket.ToJsonString();
        }
    }
}
