using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;

namespace Baton.Tests.Storage;

public sealed class JobQueueTests : IAsyncDisposable
{
    private static readonly JobOptions Options = new() { QueueLimit = 5, AttemptLimit = 3 };

    private readonly TemporaryDatabase _temporary = new();
    private readonly JobQueue _queue;

    public JobQueueTests() => _queue = new JobQueue("test", Options, _temporary.Clock, new Random(1));

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Leases_each_job_once()
    {
        await Add("a");
        await Add("b");

        Assert.Equal(["a", "b"], (await Lease()).Select(j => j.Key));
        Assert.Empty(await Lease());
    }

    [Fact]
    public async Task Runs_one_job_per_key_at_a_time_in_order_of_arrival()
    {
        var first = await Add("a");
        var second = await Add("a");

        var leased = Assert.Single(await Lease());
        Assert.Equal(first, leased.Id);

        await Complete(leased);
        Assert.Equal(second, Assert.Single(await Lease()).Id);
    }

    [Fact]
    public async Task Runs_jobs_without_a_key_side_by_side()
    {
        await Add(null);
        await Add(null);

        Assert.Equal(2, (await Lease()).Count);
    }

    [Fact]
    public async Task Keeps_queues_apart()
    {
        var other = new JobQueue("other", Options, _temporary.Clock, new Random(1));
        await Add("a");
        await Db.WriteAsync(t => other.Enqueue(t, new NewJob { Kind = "turn", Key = "a" }));

        Assert.Single(await Lease());
        Assert.Single(await Db.WriteAsync(t => other.Lease(t, "w", 10)));
    }

    [Fact]
    public async Task Waits_until_a_job_is_due()
    {
        await Db.WriteAsync(t => _queue.Enqueue(
            t, new NewJob { Kind = "turn", RunAt = _temporary.Clock.GetUtcNow().AddMinutes(5) }));
        Assert.Empty(await Lease());

        _temporary.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.True(Db.Read(_queue.HasDue));
        Assert.Single(await Lease());
    }

    [Fact]
    public async Task Runs_a_job_again_when_its_lease_has_ended()
    {
        await Add("a");
        await Lease();
        _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs));

        Assert.Equal(2, Assert.Single(await Lease()).Attempt);
    }

    [Fact]
    public async Task Keeps_a_lease_that_is_renewed()
    {
        await Add("a");
        var job = Assert.Single(await Lease());
        _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs - 1));
        Assert.True(await Db.WriteAsync(t => _queue.Renew(t, job)));
        _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs - 1));

        Assert.Empty(await Lease());
    }

    [Fact]
    public async Task Refuses_the_outcome_of_a_worker_that_lost_its_lease()
    {
        await Add("a");
        var slow = Assert.Single(await Lease());
        _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs));
        var quick = Assert.Single(await Lease());

        var error = await Assert.ThrowsAsync<StorageException>(() => Complete(slow));

        Assert.Contains("lease is lost", error.Message);
        Assert.False(await Db.WriteAsync(t => _queue.Renew(t, slow)));
        Assert.IsType<FailOutcome.LeaseLost>(await Db.WriteAsync(t => _queue.Fail(t, slow, "late")));
        await Complete(quick);
    }

    [Fact]
    public async Task Undoes_everything_that_came_with_an_outcome_that_was_refused()
    {
        await Add("a");
        var slow = Assert.Single(await Lease());
        _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs));
        await Lease();

        await Assert.ThrowsAsync<StorageException>(() => Db.WriteAsync(t =>
        {
            _queue.Enqueue(t, new NewJob { Kind = "reply" });
            _queue.Complete(t, slow);
        }));

        Assert.Equal(1, Depth());
    }

    [Fact]
    public async Task Frees_the_leases_of_a_worker_that_died_at_once()
    {
        await Add("a");
        await Add("b");
        await Db.WriteAsync(t => _queue.Lease(t, "dead", 1));
        await Db.WriteAsync(t => _queue.Lease(t, "alive", 1));

        Assert.Equal(1, await Db.WriteAsync(t => _queue.Recover(t, owner => owner == "dead")));

        Assert.Equal("a", Assert.Single(await Lease()).Key);
    }

    [Fact]
    public void Knows_that_this_process_lives_and_that_another_does_not()
    {
        Assert.False(JobOwner.HasDied(JobOwner.Current));
        Assert.True(JobOwner.HasDied($"{Environment.MachineName}/999999999/0"));
        Assert.True(JobOwner.HasDied($"{Environment.MachineName}/{Environment.ProcessId}/0"));
        Assert.False(JobOwner.HasDied("elsewhere/999999999/0"));
    }

    [Fact]
    public async Task Backs_off_after_a_failure_and_holds_up_its_key_meanwhile()
    {
        await Add("a");
        await Add("a");
        var job = Assert.Single(await Lease());

        var retry = Assert.IsType<FailOutcome.Retry>(await Db.WriteAsync(t => _queue.Fail(t, job, "no answer")));

        Assert.InRange((retry.At - _temporary.Clock.GetUtcNow()).TotalMilliseconds, 500, 1_000);
        Assert.Empty(await Lease());
        _temporary.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(job.Id, Assert.Single(await Lease()).Id);
    }

    [Fact]
    public async Task Keeps_a_dead_job_after_its_last_attempt_and_lets_the_next_of_its_key_run()
    {
        var dead = await Add("a");
        var next = await Add("a");
        for (var attempt = 1; attempt <= Options.AttemptLimit; attempt++)
        {
            var job = Assert.Single(await Lease());
            await Db.WriteAsync(t => _queue.Fail(t, job, "broken"));
            _temporary.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var view = Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));
        Assert.Equal((dead, "broken", Options.AttemptLimit), (view.Id, view.Error, view.Attempts));
        Assert.Equal(next, Assert.Single(await Lease()).Id);
    }

    [Fact]
    public async Task Counts_starts_that_ended_with_the_process_as_attempts()
    {
        await Add("a");
        for (var attempt = 1; attempt <= Options.AttemptLimit; attempt++)
        {
            Assert.Single(await Lease());
            _temporary.Clock.Advance(TimeSpan.FromMilliseconds(Options.LeaseMs));
        }

        Assert.Empty(await Lease());
        Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));
    }

    [Fact]
    public async Task Tells_whoever_asked_in_the_transaction_in_which_a_job_dies()
    {
        string? told = null;
        _queue.WhenDead("turn", (t, job) => { told = job.Error; _queue.Enqueue(t, new NewJob { Kind = "escalate" }); });
        await Add("a");
        var job = Assert.Single(await Lease());

        await Db.WriteAsync(t => _queue.Fail(t, job, "cannot work", retry: false));

        Assert.Equal("cannot work", told);
        Assert.Equal("escalate", Assert.Single(await Lease()).Kind);
    }

    [Fact]
    public async Task Buries_a_job_even_when_telling_so_fails()
    {
        _queue.WhenDead("turn", (_, _) => throw new InvalidOperationException("bug"));
        await Add("a");
        var job = Assert.Single(await Lease());

        Assert.IsType<FailOutcome.Dead>(await Db.WriteAsync(t => _queue.Fail(t, job, "cannot work", retry: false)));

        Assert.Contains("bug", Db.Read(c => JobInspection.Find(c, job.Id))!.Error);
    }

    [Fact]
    public async Task Runs_a_dead_job_again_when_told_to()
    {
        await Add("a");
        var job = Assert.Single(await Lease());
        await Db.WriteAsync(t => _queue.Fail(t, job, "cannot work", retry: false));

        Assert.True(await Db.WriteAsync(t => JobInspection.Redrive(t, job.Id, _temporary.Clock)));
        Assert.False(await Db.WriteAsync(t => JobInspection.Redrive(t, job.Id, _temporary.Clock)));

        Assert.Equal(1, Assert.Single(await Lease()).Attempt);
        Assert.Equal(1, Depth());
    }

    [Fact]
    public async Task Discards_only_dead_jobs()
    {
        await Add("a");
        var job = Assert.Single(await Lease());
        Assert.False(await Db.WriteAsync(t => JobInspection.Discard(t, job.Id)));

        await Db.WriteAsync(t => _queue.Fail(t, job, "cannot work", retry: false));

        Assert.True(await Db.WriteAsync(t => JobInspection.Discard(t, job.Id)));
        Assert.Null(Db.Read(c => JobInspection.Find(c, job.Id)));
    }

    [Fact]
    public async Task Refuses_jobs_over_the_limit_until_one_is_finished()
    {
        for (var i = 0; i < Options.QueueLimit; i++) await Add($"k{i}");
        Assert.Equal(new EnqueueOutcome.QueueFull(5, TimeSpan.FromSeconds(30)), await Enqueue("one more"));

        await Complete((await Lease())[0]);

        Assert.IsType<EnqueueOutcome.Queued>(await Enqueue("one more"));
        Assert.IsType<EnqueueOutcome.QueueFull>(await Enqueue("and one more"));
    }

    [Fact]
    public async Task Does_not_count_a_job_whose_transaction_was_undone()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.WriteAsync(t =>
        {
            _queue.Enqueue(t, new NewJob { Kind = "turn" });
            throw new InvalidOperationException();
        }));

        Assert.Equal(0, Depth());
        Assert.Empty(await Lease());
    }

    [Fact]
    public async Task Gives_back_without_counting_the_attempt()
    {
        await Add("a");
        var job = Assert.Single(await Lease());
        await Db.WriteAsync(t => _queue.Release(t, job));

        Assert.Equal(1, Assert.Single(await Lease()).Attempt);
    }

    private Database Db => _temporary.Database;

    private Task<EnqueueOutcome> Enqueue(string? key) =>
        Db.WriteAsync(t => _queue.Enqueue(t, new NewJob { Kind = "turn", Key = key }));

    private async Task<long> Add(string? key) => Assert.IsType<EnqueueOutcome.Queued>(await Enqueue(key)).JobId;

    private Task<List<LeasedJob>> Lease() => Db.WriteAsync(t => _queue.Lease(t, "worker", 10));

    private Task Complete(LeasedJob job) => Db.WriteAsync(t => _queue.Complete(t, job));

    private long Depth() => Db.Read(_queue.Depth);
}
