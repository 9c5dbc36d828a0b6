using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Testing;

namespace Baton.Tests.Storage;

/// <summary>Real processes on one file, killed without warning or writing side by side.</summary>
public sealed class CrashTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Keeps_everything_it_acknowledged_when_it_is_killed()
    {
        using var child = ChildProcess.Start(_temporary.Path, nameof(Child.Appends_until_it_is_killed));
        await child.WaitForLinesAsync(300);
        child.Kill();

        var acknowledged = child.Lines();
        var stored = _temporary.Database.Read(c => Ledger.ReadPage(c, 1, int.MaxValue))
            .Select(e => $"{e.StreamId} {e.Version}").ToHashSet();

        Assert.True(acknowledged.Count >= 300);
        Assert.DoesNotContain(acknowledged, line => !stored.Contains(line));
        Assert.Empty(_temporary.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Frees_the_job_of_a_worker_that_was_killed_at_the_next_start()
    {
        var queue = new JobQueue("test", new JobOptions(), TimeProvider.System, Random.Shared);
        await _temporary.Database.WriteAsync(t => queue.Enqueue(t, new NewJob { Kind = "turn", Key = "c1" }));
        using var child = ChildProcess.Start(_temporary.Path, nameof(Child.Leases_a_job_and_holds_it));
        await child.WaitForLinesAsync(1);
        Assert.Empty(await _temporary.Database.WriteAsync(t => queue.Lease(t, "next", 1)));
        Assert.Equal(0, await _temporary.Database.WriteAsync(t => queue.Recover(t, JobOwner.HasDied)));

        child.Kill();

        Assert.Equal(1, await _temporary.Database.WriteAsync(t => queue.Recover(t, JobOwner.HasDied)));
        Assert.Equal(2, Assert.Single(await _temporary.Database.WriteAsync(t => queue.Lease(t, "next", 1))).Attempt);
    }

    [Fact]
    public async Task Shares_one_queue_among_processes_without_doing_a_job_twice()
    {
        const int Jobs = 400;
        var queue = new JobQueue("test", new JobOptions(), TimeProvider.System, Random.Shared);
        await _temporary.Database.WriteAsync(t =>
        {
            for (var i = 0; i < Jobs; i++) queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"c{i % 40}" });
        });

        using var one = ChildProcess.Start(_temporary.Path, nameof(Child.Works_until_the_queue_is_empty), "one");
        using var two = ChildProcess.Start(_temporary.Path, nameof(Child.Works_until_the_queue_is_empty), "two");
        await one.ExitedAsync();
        await two.ExitedAsync();

        var done = one.Lines().Concat(two.Lines()).ToList();
        Assert.Equal(Jobs, done.Count);
        Assert.Equal(Jobs, done.Distinct().Count());
        Assert.Equal(0, _temporary.Database.Read(queue.Depth));
    }

    /// <summary>What the children do: this program, told to run one of these instead of the tests.</summary>
    public sealed class Child
    {
        [Fact(Explicit = true)]
        public async Task Appends_until_it_is_killed()
        {
            await using var child = ChildProcess.OpenSelf();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
            {
                for (var version = 0L; ; version++)
                {
                    var fact = new NewEvent("Noted", TimeProvider.System.GetUtcNow(), $$"""{"n":{{version}}}""");
                    await child.Database.WriteAsync(t => Ledger.Append(t, $"c{writer}", version, fact));
                    child.Say($"c{writer} {version + 1}");
                }
            }));
        }

        [Fact(Explicit = true)]
        public async Task Leases_a_job_and_holds_it()
        {
            await using var child = ChildProcess.OpenSelf();
            var queue = new JobQueue("test", new JobOptions(), TimeProvider.System, Random.Shared);
            var jobs = await child.Database.WriteAsync(t => queue.Lease(t, JobOwner.Current, 1));
            foreach (var job in jobs) child.Say($"{job.Id}");
            await Task.Delay(Timeout.Infinite);
        }

        [Fact(Explicit = true)]
        public async Task Works_until_the_queue_is_empty()
        {
            await using var child = ChildProcess.OpenSelf();
            var queue = new JobQueue("test", new JobOptions { LeaseMs = 60_000 }, TimeProvider.System, Random.Shared);
            while (child.Database.Read(queue.Depth) > 0)
            {
                foreach (var job in await child.Database.WriteAsync(t => queue.Lease(t, JobOwner.Current, 7)))
                {
                    await child.Database.WriteAsync(t => queue.Complete(t, job));
                    child.Say($"{job.Id}");
                }
            }
        }
    }
}
