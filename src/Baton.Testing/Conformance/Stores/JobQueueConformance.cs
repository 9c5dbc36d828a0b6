using System.Collections.Concurrent;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Baton.Testing;

/// <summary>What every database must do with jobs and timers.</summary>
public abstract class JobQueueConformance : DatabaseConformance
{
    private JobQueue Queue => field ??= NewQueue();

    [Fact]
    public async Task Gives_each_job_to_one_of_two_instances()
    {
        await using var other = await OpenAgainAsync();
        await Db.WriteAsync(t =>
        {
            for (var i = 0; i < 40; i++) Queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"c{i}" });
        });

        var leased = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => (i % 2 == 0 ? Db : other).WriteAsync(t => Queue.Lease(t, $"w{i % 2}", 7))));

        var ids = leased.SelectMany(jobs => jobs).Select(j => j.Id).ToList();
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task Keeps_the_order_of_a_key_through_failures_and_ended_leases()
    {
        for (var i = 0; i < 3; i++) await Enqueue("c1");
        List<long> finished = [];
        var first = Assert.Single(await Lease());
        await Db.WriteAsync(t => Queue.Fail(t, first, "no"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Lease();
        Clock.Advance(TimeSpan.FromMinutes(1));
        while (await Lease() is [var job])
        {
            await Db.WriteAsync(t => Queue.Complete(t, job));
            finished.Add(job.Id);
        }

        Assert.Equal(3, finished.Count);
        Assert.Equal(finished.Order(), finished);
    }

    [Fact]
    public async Task Refuses_the_outcome_of_an_old_lease_with_all_that_came_with_it()
    {
        await Enqueue("c1");
        var slow = Assert.Single(await Lease());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await Lease());

        await Assert.ThrowsAsync<StorageException>(() => Db.WriteAsync(t =>
        {
            Ledger.Append(t, "c1", 0, new NewEvent("Noted", Clock.GetUtcNow(), "{}"));
            Queue.Complete(t, slow);
        }));

        Assert.Equal(0, Db.Read(c => Ledger.Version(c, "c1")));
    }

    [Fact]
    public async Task Buries_a_job_after_its_last_attempt_and_runs_it_again_when_told_to()
    {
        await Enqueue("c1");
        while (await Lease() is [var job])
        {
            await Db.WriteAsync(t => Queue.Fail(t, job, "broken"));
            Clock.Advance(TimeSpan.FromHours(1));
        }

        var dead = Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));
        Assert.Equal(("broken", 3), (dead.Error, dead.Attempts));
        Assert.True(await Db.WriteAsync(t => JobInspection.Redrive(t, dead.Id, Clock)));
        Assert.Single(await Lease());
    }

    [Fact]
    public async Task Refuses_jobs_when_the_queue_is_full()
    {
        var small = new JobQueue("small", new JobOptions { QueueLimit = 1 }, Clock, new Random(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => Db.WriteAsync(t => small.Enqueue(t, new NewJob { Kind = "turn" }))));

        Assert.Single(outcomes.OfType<EnqueueOutcome.Queued>());
    }

    [Fact]
    public async Task Fires_a_timer_once_even_when_two_instances_look()
    {
        var timers = new Timers(Queue, Clock, NullLogger.Instance);
        await Db.WriteAsync(t => timers.Schedule(t, "c1", "sla", Clock.GetUtcNow().AddMinutes(5)));
        Clock.Advance(TimeSpan.FromHours(1));
        await using var other = await OpenAgainAsync();

        var fired = await Task.WhenAll(Db.WriteAsync(timers.FireDue), other.WriteAsync(timers.FireDue));

        Assert.Equal(1, fired.Sum());
        Assert.Equal("sla", Assert.Single(await Lease()).Kind);
    }

    [Fact]
    public async Task Runs_the_jobs_of_a_key_one_at_a_time_whoever_adds_leases_and_finishes_them()
    {
        const int Writers = 16, Each = 8;
        var running = new ConcurrentDictionary<string, bool>();
        var finished = new ConcurrentQueue<(string Key, long Id)>();

        await AtOnceAsync(Writers, async (database, writer) =>
        {
            var queue = NewQueue();
            for (var i = 0; i < Each; i++)
            {
                await database.WriteAsync(t => queue.Enqueue(
                    t, new NewJob { Kind = "turn", Key = $"c{(writer + i) % 4}" }));
                await WorkAsync(database, queue, $"w{writer}");
            }
        });
        while (await WorkAsync(Db, Queue, "last") > 0) { }

        Assert.Equal(Writers * Each, finished.Count);
        Assert.All(finished.GroupBy(f => f.Key, f => f.Id), ids => Assert.Equal(ids.Order(), ids));
        Assert.Equal(0, Db.Read(Queue.Depth));

        async Task<int> WorkAsync(Database database, JobQueue queue, string owner)
        {
            var jobs = await database.WriteAsync(t => queue.Lease(t, owner, 3));
            foreach (var job in jobs) Assert.True(running.TryAdd(job.Key!, true), $"{job.Key} runs twice at once");
            foreach (var job in jobs)
            {
                finished.Enqueue((job.Key!, job.Id));
                running.TryRemove(job.Key!, out _);
                await database.WriteAsync(t => queue.Complete(t, job));
            }
            return jobs.Count;
        }
    }

    [Fact]
    public async Task Puts_a_job_aside_whose_kind_nobody_knows_and_leaves_it_to_a_worker_that_does()
    {
        await Enqueue("c1");
        var began = Clock.GetUtcNow();
        for (var round = 0; round < 3; round++)
        {
            var unknown = Assert.Single(await Lease());
            await Db.WriteAsync(t => Queue.Postpone(t, unknown));
            Assert.Empty(await Lease());
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(1, Assert.Single(await Lease()).Attempt);
        Clock.Advance(TimeSpan.FromMinutes(7));

        var late = Assert.Single(await Lease());
        await Db.WriteAsync(t => Queue.Postpone(t, late));

        var dead = Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));
        Assert.Contains("no handler", dead.Error);
        Assert.True(Clock.GetUtcNow() - began >= TimeSpan.FromMinutes(10));
    }

    private JobQueue NewQueue() => new("conformance", new JobOptions { AttemptLimit = 3 }, Clock, Random.Shared);

    private Task Enqueue(string key) => Db.WriteAsync(t => Queue.Enqueue(t, new NewJob { Kind = "turn", Key = key }));

    private Task<List<LeasedJob>> Lease() => Db.WriteAsync(t => Queue.Lease(t, "worker", 10));
}
