using System.Diagnostics;
using System.Text.Json;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// What does a durable run cost beside the usual way to build agents? <c>baton run</c> decides tickets with its whole
/// local tier; LangGraph.js runs a graph of four nodes that do nothing, with its SQLite checkpointer. In turn, on one
/// machine.
/// </summary>
internal static class LangGraphComparison
{
    private const int Rounds = 3;
    private const int Few = 500;

    /// <summary>Runs of LangGraph.js that wait together: its best of 1, 16 and 64 on two cores.</summary>
    private const int Together = 16;

    public static async Task<int> RunAsync(int tickets)
    {
        var graph = Path.Combine(BatonProcess.Root, "bench", "langgraph");
        if (!Directory.Exists(Path.Combine(graph, "node_modules")))
        {
            Console.Error.WriteLine($"LangGraph.js is not installed: run npm ci --prefix {graph}");
            return 1;
        }
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            // The first run trains the models; the compared ones read them from the disk.
            await BatonAsync(folder, Few);
            for (var round = 1; round <= Rounds; round++)
            {
                var baton = await DifferenceAsync(folder, tickets);
                var nodes = await LangGraphAsync(graph, Path.Combine(folder, $"graph-{round}.db"), tickets);
                Console.WriteLine($"round {round}: baton {baton.PerSecond:N0} tickets/s, {baton.CpuMs:0.00} ms of processor time each; "
                    + $"LangGraph.js {nodes.PerSecond:N0} runs/s, {nodes.CpuMs:0.00} ms each; "
                    + $"ratio {baton.PerSecond / nodes.PerSecond:0.0} in rate, {nodes.CpuMs / baton.CpuMs:0.0} in processor time");
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Many tickets less few, so that start and compilation are left out as they are on the other side.
    /// </summary>
    private static async Task<Cost> DifferenceAsync(string folder, int tickets)
    {
        var (few, many) = (await BatonAsync(folder, Few), await BatonAsync(folder, Few + tickets));
        return new Cost(tickets / (many.Wall - few.Wall).TotalSeconds,
            (many.Cpu - few.Cpu).TotalMilliseconds / tickets);
    }

    private static async Task<(TimeSpan Wall, TimeSpan Cpu)> BatonAsync(string folder, int tickets)
    {
        var file = Path.Combine(folder, "tickets.jsonl");
        await File.WriteAllLinesAsync(file, BenchTickets.Lines(tickets));
        // In the same folder every time: the trained models lie beside the database.
        var database = Path.Combine(folder, "run.db");
        foreach (var old in Directory.GetFiles(folder, "run.db*")) File.Delete(old);
        var watch = Stopwatch.StartNew();
        using var process = new BatonProcess("run", file, "--db", database);
        await process.Output.ReadToEndAsync();
        if (await process.EndAsync() != 0) throw new InvalidOperationException("baton run failed");
        return (watch.Elapsed, process.Cpu);
    }

    private static async Task<Cost> LangGraphAsync(string graph, string database, int runs)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "node", ["run.mjs", database, $"{runs}", $"{Together}"])
        {
            RedirectStandardOutput = true, WorkingDirectory = graph,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("node run.mjs failed");
        var figures = JsonSerializer.Deserialize<JsonElement>(output);
        return new Cost(
            runs / figures.GetProperty("seconds").GetDouble(),
            figures.GetProperty("cpuSeconds").GetDouble() * 1_000 / runs);
    }

    private sealed record Cost(double PerSecond, double CpuMs);
}
