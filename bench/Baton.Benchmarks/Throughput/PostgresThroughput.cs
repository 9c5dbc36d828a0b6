using System.Diagnostics;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// How many decisions a second does <c>baton run</c> put into a PostgreSQL database, beside a file, in turn on one
/// machine? And how many short writes, with one writer and with many?
/// </summary>
internal static class PostgresThroughput
{
    private const int Rounds = 2, Few = 300, Callers = 64;

    /// <param name="other">Another release's <c>Baton.Server.dll</c>, to run in the same rounds; null: none.</param>
    public static async Task<int> RunAsync(int tickets, string? other)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        // The server's account makes its own folder in it.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        try
        {
            using var server = new PostgresServer(folder);
            await WritesAsync(server, folder, tickets * 4);
            // The first run trains the models; the compared ones read them from the disk.
            await DecideAsync(null, folder, Path.Combine(folder, "first.db"), server, Few);
            for (var round = 1; round <= Rounds; round++)
            {
                var files = 0;
                await CompareAsync(
                    $"round {round}, file", null, folder, () => Path.Combine(folder, $"{round}-{++files}.db"), server,
                    tickets);
                if (other is not null)
                    await CompareAsync(
                        $"round {round}, PostgreSQL, other release", other, folder, server.NewDatabase, server,
                        tickets);
                await CompareAsync(
                    $"round {round}, PostgreSQL", null, folder, server.NewDatabase, server, tickets);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Many tickets less few, so that start and compilation are left out.</summary>
    private static async Task CompareAsync(
        string what, string? program, string folder, Func<string> database, PostgresServer server, int tickets)
    {
        var few = await DecideAsync(program, folder, database(), server, Few);
        var many = await DecideAsync(program, folder, database(), server, Few + tickets);
        Console.WriteLine($"{what}: {tickets / (many.Wall - few.Wall).TotalSeconds:N0} decisions/s, "
            + $"{(many.Own - few.Own).TotalMilliseconds / tickets:0.00} ms of processor time each in Baton, "
            + $"{(many.Server - few.Server).TotalMilliseconds / tickets:0.00} ms in PostgreSQL");
    }

    private static async Task<(TimeSpan Wall, TimeSpan Own, TimeSpan Server)> DecideAsync(
        string? program, string folder, string database, PostgresServer server, int tickets)
    {
        var file = Path.Combine(folder, "tickets.jsonl");
        await File.WriteAllLinesAsync(file, BenchTickets.Lines(tickets));
        var (watch, before) = (Stopwatch.StartNew(), server.Cpu());
        using var process = new BatonProcess(program, ["run", file, "--db", database]);
        var lines = await process.Output.ReadToEndAsync();
        if (await process.EndAsync() != 0) throw new InvalidOperationException(lines);
        return (watch.Elapsed, process.Cpu, server.Cpu() - before);
    }

    /// <summary>What taking a message in writes: a fact at the end of a stream, and a job.</summary>
    private static async Task WritesAsync(PostgresServer server, string folder, int writes)
    {
        (string Name, DatabaseOptions Options)[] kinds =
        [
            ("file", new DatabaseOptions { Path = Path.Combine(folder, "writes.db") }),
            .. ((int[])[1, 4, 16, 32]).Select(n => ($"PostgreSQL, {n} writers", new DatabaseOptions
            {
                Path = server.NewDatabase(), Writers = n, Keys = Path.Combine(folder, "keys"),
            })),
        ];
        foreach (var (name, options) in kinds)
        {
            await using var database = Database.Open(options, TimeProvider.System);
            await WriteAsync(database, writes / 10, "warm");
            var (measure, before) = (new Measure(), server.Cpu());
            await WriteAsync(database, writes, "c");
            var result = measure.Stop(writes);
            Console.WriteLine($"{name}: {result.PerSecond:N0} writes/s, {result.CpuMicros:0} µs of processor time each "
                + $"in this process, {(server.Cpu() - before).TotalMicroseconds / writes:0} µs in PostgreSQL");
        }
    }

    private static async Task WriteAsync(Database database, int writes, string prefix)
    {
        var queue = new JobQueue("bench", new JobOptions(), TimeProvider.System, Random.Shared);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < writes)
                await database.WriteAsync(t =>
                {
                    var fact = new NewEvent(
                        "Noted", TimeProvider.System.GetUtcNow(), """{"channel":"web","text":"where is my order?"}""");
                    Ledger.Append(t, $"{prefix}{i}", 0, fact);
                    queue.EnqueueAlways(t, new NewJob { Kind = "turn", Key = $"{prefix}{i}" });
                });
        })));
    }
}
