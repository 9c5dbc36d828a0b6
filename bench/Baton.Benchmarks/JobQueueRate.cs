using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Benchmarks;

/// <summary>
/// How many jobs per second can be added, and leased and finished, each with its own durable transaction?
/// </summary>
internal static class JobQueueRate
{
    public static async Task<int> RunAsync(int jobs)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var options = new JobOptions { QueueLimit = int.MaxValue, Concurrency = 32, Ahead = 96 };
        await using (var database = Database.Open(
            new DatabaseOptions { Path = Path.Combine(folder, "jobs.db") }, TimeProvider.System))
        {
            var queue = new JobQueue("turn", options, TimeProvider.System, Random.Shared);
            Print("added, one transaction each, 64 callers", await AddAsync(database, queue, jobs));
            Print("run by one worker, 32 at a time, finished in one transaction each",
                await WorkAsync(database, queue, jobs));
            await AddAsync(database, queue, jobs);
            Print("leased and finished in batches of 100", await BatchesAsync(database, queue, jobs));
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static void Print(string what, Measured measured) =>
        Console.WriteLine($"- {what}: {measured.PerSecond:N0} jobs/s, {measured.CpuMicros:0.0} µs of processor time each");

    private static async Task<Measured> AddAsync(Database database, JobQueue queue, int jobs)
    {
        var next = -1;
        var measure = new Measure();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var job && job < jobs)
                await database.WriteAsync(t => queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"c{job / 2}" }));
        })));
        return measure.Stop(jobs);
    }

    private static async Task<Measured> WorkAsync(Database database, JobQueue queue, int jobs)
    {
        using var all = new CountdownEvent(jobs);
        using var stop = new CancellationTokenSource();
        var worker = new JobWorker(database, queue, new Dictionary<string, JobHandler>
        {
            ["turn"] = async (job, token) =>
            {
                await database.WriteAsync(t => queue.Complete(t, job), token);
                all.Signal();
            },
        }, NullLogger.Instance);
        var measure = new Measure();
        var running = worker.RunAsync(stop.Token);
        await Task.Run(all.Wait, CancellationToken.None);
        var measured = measure.Stop(jobs);
        await stop.CancelAsync();
        await running;
        return measured;
    }

    private static async Task<Measured> BatchesAsync(Database database, JobQueue queue, int jobs)
    {
        var measure = new Measure();
        while (await database.WriteAsync(t => queue.Lease(t, "bench", 100)) is { Count: > 0 } leased)
            await database.WriteAsync(t => leased.ForEach(job => queue.Complete(t, job)));
        return measure.Stop(jobs);
    }
}
