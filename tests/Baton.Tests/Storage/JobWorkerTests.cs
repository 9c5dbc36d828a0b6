using System.Collections.Concurrent;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Storage;

public sealed class JobWorkerTests : IAsyncDisposable
{
    private static readonly JobOptions Options = new()
    {
        Concurrency = 4, Ahead = 4, AttemptLimit = 2, LeaseMs = 3_600_000,
    };

    private readonly TemporaryDatabase _temporary = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly JobQueue _queue;

    public JobWorkerTests() => _queue = new JobQueue("test", Options, _temporary.Clock, new Random(1));

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        await _temporary.DisposeAsync();
    }

    [Fact]
    public async Task Runs_a_job_that_is_added_while_it_waits()
    {
        var ran = new TaskCompletionSource<string>();
        var running = Start((job, _) => { ran.TrySetResult(job.Payload); return Task.CompletedTask; });

        await Add("a", """{"n":1}""");

        Assert.Equal("""{"n":1}""", await ran.Task.WaitAsync(Until.Limit));
        await Stop(running);
        Assert.Equal(0, Db.Read(_queue.Depth));
    }

    [Fact]
    public async Task Runs_many_jobs_and_each_of_them_once()
    {
        const int Count = 500;
        var seen = new ConcurrentBag<long>();
        var all = new CountdownEvent(Count);
        await Db.WriteAsync(t =>
        {
            for (var i = 0; i < Count; i++) _queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"k{i % 50}" });
        });
        var running = Start(async (job, token) =>
        {
            seen.Add(job.Id);
            await Db.WriteAsync(t => _queue.Complete(t, job), token);
            all.Signal();
        });

        Assert.True(await Task.Run(() => all.Wait(Until.Limit)));
        await Stop(running);

        Assert.Equal(Count, seen.Distinct().Count());
        Assert.Equal(Count, seen.Count);
    }

    [Fact]
    public async Task Never_runs_two_jobs_of_a_key_at_the_same_time()
    {
        var busy = new ConcurrentDictionary<string, bool>();
        var overlapped = false;
        var all = new CountdownEvent(60);
        for (var i = 0; i < 60; i++) await Add($"k{i % 3}");
        var running = Start(async (job, _) =>
        {
            overlapped |= !busy.TryAdd(job.Key!, true);
            await Task.Yield();
            busy.TryRemove(job.Key!, out var _);
            all.Signal();
        });

        Assert.True(await Task.Run(() => all.Wait(Until.Limit)));
        await Stop(running);

        Assert.False(overlapped);
    }

    [Fact]
    public async Task Tries_a_failed_job_again_and_then_lets_it_rest()
    {
        var attempts = Channel();
        var died = new TaskCompletionSource<string?>();
        _queue.WhenDead("turn", (_, job) => died.TrySetResult(job.Error));
        var running = Start((job, _) =>
        {
            attempts.Writer.TryWrite(job.Attempt);
            throw new InvalidDataException("bad page");
        });
        await Add("a");

        Assert.Equal(1, await attempts.Reader.ReadAsync());
        // Time passes between the attempts only: during one, a busy machine could let the lease run out.
        await Until.TrueAsync(() => died.Task.IsCompleted, () =>
        {
            if (Db.Read(JobInspection.Counts).ContainsKey(JobState.Ready))
                _temporary.Clock.Advance(TimeSpan.FromSeconds(1));
        });

        Assert.Equal("InvalidDataException: bad page", await died.Task.WaitAsync(Until.Limit));
        Assert.Equal(2, await attempts.Reader.ReadAsync());
        await Stop(running);
    }

    [Fact]
    public async Task Buries_a_job_that_nobody_handles_after_ten_minutes()
    {
        var died = new TaskCompletionSource<string?>();
        _queue.WhenDead("unheard", (_, job) => died.TrySetResult(job.Error));
        var began = _temporary.Clock.GetUtcNow();
        var running = Start((_, _) => Task.CompletedTask);

        await Db.WriteAsync(t => _queue.Enqueue(t, new NewJob { Kind = "unheard" }));
        await Until.TrueAsync(() => died.Task.IsCompleted, () =>
        {
            if (Db.Read(JobInspection.Counts).ContainsKey(JobState.Ready))
                _temporary.Clock.Advance(TimeSpan.FromSeconds(20));
        });

        Assert.Contains("no handler", await died.Task.WaitAsync(Until.Limit));
        Assert.True(_temporary.Clock.GetUtcNow() - began >= TimeSpan.FromMinutes(10));
        await Stop(running);
    }

    [Fact]
    public async Task Renews_the_lease_of_a_long_job()
    {
        var started = new TaskCompletionSource<LeasedJob>();
        var finish = new TaskCompletionSource();
        var running = Start((job, _) => { started.TrySetResult(job); return finish.Task; });
        await Add("a");
        var job = await started.Task.WaitAsync(Until.Limit);
        var first = LeaseUntil(job.Id);

        await Until.TrueAsync(
            () => LeaseUntil(job.Id) != first, () => _temporary.Clock.Advance(TimeSpan.FromMilliseconds(100)));

        finish.SetResult();
        await Stop(running);
        Assert.Equal(0, Db.Read(_queue.Depth));
    }

    [Fact]
    public async Task Cancels_a_job_whose_lease_is_lost()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var running = Start(async (_, token) =>
        {
            started.TrySetResult();
            using var on = token.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
            token.ThrowIfCancellationRequested();
        });
        await Add("a");
        await started.Task.WaitAsync(Until.Limit);
        await Db.WriteAsync(t => t.Execute("update jobs set fence = fence + 1, owner = 'elsewhere'"));

        await Until.TrueAsync(
            () => cancelled.Task.IsCompleted, () => _temporary.Clock.Advance(TimeSpan.FromMilliseconds(500)));

        await Stop(running);
    }

    [Fact]
    public async Task Gives_unstarted_jobs_back_when_it_stops()
    {
        var started = new SemaphoreSlim(0);
        var finish = new TaskCompletionSource();
        var running = Start((_, _) => { started.Release(); return finish.Task; });
        await Db.WriteAsync(t =>
        {
            for (var i = 0; i < 8; i++) _queue.Enqueue(t, new NewJob { Kind = "turn" });
        });
        for (var i = 0; i < Options.Concurrency; i++) Assert.True(await started.WaitAsync(Until.Limit));

        var stopping = Stop(running);
        finish.SetResult();
        await stopping;

        Assert.Equal(new Dictionary<JobState, long> { [JobState.Ready] = 4 }, Db.Read(JobInspection.Counts));
        Assert.Equal(1, (await Db.WriteAsync(t => _queue.Lease(t, "next", 1)))[0].Attempt);
    }

    private Database Db => _temporary.Database;

    private Task Start(JobHandler handler) =>
        new JobWorker(Db, _queue, new Dictionary<string, JobHandler> { ["turn"] = handler }, NullLogger.Instance)
            .RunAsync(_stop.Token);

    private async Task Stop(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }

    private Task Add(string key, string payload = "{}") =>
        Db.WriteAsync(t => _queue.Enqueue(t, new NewJob { Kind = "turn", Key = key, Payload = payload }));

    private long? LeaseUntil(long id) => Db.Read(c => c.Number("select lease_until_ms from jobs where id = $1", id));

    private static System.Threading.Channels.Channel<int> Channel() =>
        System.Threading.Channels.Channel.CreateUnbounded<int>();
}
