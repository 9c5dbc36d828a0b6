using System.Collections.Concurrent;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Baton.Testing;

/// <summary>
/// What every way of getting work to workers must do, whatever it loses, repeats or reorders. Each instance of the
/// database stands for a process.
/// </summary>
public abstract class DispatchConformance : DatabaseConformance
{
    private static readonly JobOptions Options = new()
    {
        Concurrency = 4, Ahead = 4, AttemptLimit = 3, LeaseMs = int.MaxValue, RenewMs = 60_000,
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _ran = new();
    private readonly List<Task> _workers = [];

    /// <summary>The way of a process of its own.</summary>
    private protected abstract IDispatch NewDispatch();

    /// <summary>Frees what <see cref="NewDispatch"/> made.</summary>
    private protected abstract ValueTask EndAsync(IDispatch dispatch);

    [Fact]
    public async Task Brings_work_of_one_process_to_a_worker_of_another()
    {
        await using var here = new Process(this, Db);
        await using var there = new Process(this, await OpenAgainAsync());
        Work(there);

        await here.AddAsync("a", "1");
        await Ran(1);

        Assert.Equal(["a1"], _ran);
        await StopAsync();
    }

    [Fact]
    public async Task Runs_all_work_once_and_that_of_a_key_in_order_and_never_twice_at_a_time()
    {
        await using var first = new Process(this, Db);
        await using var second = new Process(this, await OpenAgainAsync());
        var busy = new ConcurrentDictionary<string, bool>();
        var overlapped = false;
        foreach (var process in (Process[])[first, second])
            Work(process, async (job, _) =>
            {
                overlapped |= !busy.TryAdd(job.Key!, true);
                await Task.Yield();
                _ran.Enqueue(job.Key + job.Payload);
                busy.TryRemove(job.Key!, out var _);
            });

        for (var i = 0; i < 5; i++)
            for (var key = 0; key < 20; key++)
                await (i % 2 == 0 ? first : second).AddAsync($"k{key}/", $"{i}");
        await Ran(100);
        await StopAsync();

        Assert.False(overlapped);
        Assert.All(_ran.GroupBy(ran => ran.Split('/')[0]), key =>
            Assert.Equal(["0", "1", "2", "3", "4"], key.Select(ran => ran.Split('/')[1])));
        Assert.Equal(0, Db.Read(first.Queue.Depth));
    }

    [Fact]
    public async Task Finds_work_that_nobody_was_told_of()
    {
        await using var process = new Process(this, Db);
        Work(process);
        var silent = new JobQueue("work", Options, Clock, new Random(1));

        await Db.WriteAsync(t => silent.Enqueue(t, new NewJob { Kind = "work", Key = "a", Payload = "1" }));
        await Db.WriteAsync(t => silent.Enqueue(t, new NewJob { Kind = "work", Payload = "2" }));
        await Ran(2);

        Assert.Equal(["2", "a1"], _ran.Order());
        await StopAsync();
    }

    [Fact]
    public async Task Runs_once_what_it_was_told_of_again_and_again()
    {
        await using var process = new Process(this, Db);
        var release = new TaskCompletionSource();
        Work(process, async (job, token) =>
        {
            if (job.Key == "slow") await release.Task.WaitAsync(token);
            _ran.Enqueue(job.Key + job.Payload);
        });

        await process.AddAsync("slow", "1");
        for (var i = 0; i < 5; i++)
        {
            process.Dispatch.Nudge("work", "slow");
            process.Dispatch.Nudge("work", "nothing");
            process.Dispatch.Nudge("work", null);
            process.Dispatch.Nudge("elsewhere", "slow");
        }
        // Behind those: once it has run, they were seen while the job was running.
        await process.AddAsync("quick", "2");
        await Ran(1);
        release.SetResult();
        await Ran(2);
        await StopAsync();

        Assert.Equal(["quick2", "slow1"], _ran);
    }

    [Fact]
    public async Task Tries_again_what_failed_and_leaves_to_others_what_it_does_not_know()
    {
        await using var old = new Process(this, Db);
        await using var current = new Process(this, await OpenAgainAsync());
        var stop = new CancellationTokenSource();
        var leaving = Run(old, "work", (job, _) =>
        {
            if (job.Attempt == 1) throw new InvalidOperationException("not yet");
            _ran.Enqueue(job.Key + job.Payload);
            return Task.CompletedTask;
        }, stop.Token);

        await old.AddAsync("a", "1");
        await Ran(1);
        await old.AddAsync("b", "2", kind: "new");
        // Time stands still meanwhile: after ten minutes nobody would be waited for.
        await Until.TrueAsync(() => Db.Read(c => JobInspection.List(c, JobState.Ready, 10)) is [{ Error: not null }]);
        await stop.CancelAsync();
        await leaving.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        Work(current, kind: "new");
        await Ran(2);
        await StopAsync();

        Assert.Equal(["a1", "b2"], _ran);
    }

    [Fact]
    public async Task Lets_running_work_end_when_it_stops_and_leaves_the_rest_to_others()
    {
        await using var first = new Process(this, Db);
        await using var second = new Process(this, await OpenAgainAsync());
        var (begun, release, stop) = (0, new TaskCompletionSource(), new CancellationTokenSource());
        var stopping = Run(first, "work", async (job, token) =>
        {
            Interlocked.Increment(ref begun);
            await release.Task.WaitAsync(token);
            _ran.Enqueue(job.Key + job.Payload);
        }, stop.Token);
        for (var i = 0; i < 12; i++) await first.AddAsync($"k{i}/", "1");
        await Until.TrueAsync(() => Volatile.Read(ref begun) == Options.Concurrency, Pass);

        await stop.CancelAsync();
        release.SetResult();
        await stopping.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(begun, _ran.Count);
        Work(second);
        await Ran(12);
        await StopAsync();

        Assert.Equal(12, _ran.Distinct().Count());
    }

    private protected Task Ran(int count) => Until.TrueAsync(() => _ran.Count >= count, Pass);

    private protected void Pass() => Clock.Advance(TimeSpan.FromMilliseconds(100));

    private protected void Work(Process process, JobHandler? handler = null, string kind = "work") =>
        _workers.Add(Run(process, kind, handler ?? ((job, _) =>
        {
            _ran.Enqueue(job.Key + job.Payload);
            return Task.CompletedTask;
        }), _stop.Token));

    private protected async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers).WaitAsync(Until.Limit);
    }

    private static Task Run(Process process, string kind, JobHandler handler, CancellationToken stop) =>
        Task.Run(() => new JobWorker(
            process.Database, process.Queue, new Dictionary<string, JobHandler> { [kind] = handler },
            NullLogger.Instance).RunAsync(stop), CancellationToken.None);

    /// <summary>An instance of the database with its own queue and dispatch.</summary>
    private protected sealed class Process(DispatchConformance suite, Database database) : IAsyncDisposable
    {
        public Database Database => database;

        public IDispatch Dispatch => field ??= suite.NewDispatch();

        public JobQueue Queue =>
            field ??= new JobQueue("work", Options, suite.Clock, new Random(1)) { Dispatch = Dispatch };

        public Task AddAsync(string key, string payload, string kind = "work") => database.WriteAsync(
            t => Queue.Enqueue(t, new NewJob { Kind = kind, Key = key, Payload = payload }));

        public async ValueTask DisposeAsync()
        {
            await suite.EndAsync(Dispatch);
            if (database != suite.Db) await database.DisposeAsync();
        }
    }
}
