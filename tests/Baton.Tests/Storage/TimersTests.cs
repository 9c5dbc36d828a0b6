using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Storage;

public sealed class TimersTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();
    private readonly JobQueue _queue;
    private readonly Timers _timers;

    public TimersTests()
    {
        _queue = new JobQueue("test", new JobOptions { QueueLimit = 1 }, _temporary.Clock, new Random(1));
        _timers = new Timers(_queue, _temporary.Clock, NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Fires_once_when_it_is_due()
    {
        await Schedule("c1", "sla", minutes: 10, """{"target":"first"}""");
        Assert.Equal(0, await Fire());

        Pass(10);
        Assert.Equal(1, await Fire());
        Assert.Equal(0, await Fire());

        var job = Assert.Single(await Lease());
        Assert.Equal(("sla", "c1", """{"target":"first"}"""), (job.Kind, job.Key, job.Payload));
    }

    [Fact]
    public async Task Fires_late_after_a_stop_rather_than_never()
    {
        await Schedule("c1", "sla", minutes: 10);
        await _temporary.CloseAsync();
        Pass(60 * 24);

        Assert.Equal(1, await Fire());
    }

    [Fact]
    public async Task Stays_for_the_process_that_serves_its_kind()
    {
        await Schedule("c1", "sla", minutes: 10);
        await Schedule("k1", "knowledge_sync", minutes: 10);
        Pass(10);
        _timers.Serve(["sla", "turn"]);

        Assert.Equal(1, await Fire());
        Assert.Equal("sla", Assert.Single(await Lease()).Kind);
        Assert.NotNull(_temporary.Database.Read(c => Timers.DueAt(c, "k1", "knowledge_sync")));
        _timers.Serve(["knowledge_sync"]);
        Assert.Equal(1, await Fire());
    }

    [Fact]
    public async Task Is_moved_when_it_is_set_again()
    {
        await Schedule("c1", "sla", minutes: 10);
        await Schedule("c1", "sla", minutes: 30);
        Pass(10);
        Assert.Equal(0, await Fire());

        Pass(20);
        Assert.Equal(1, await Fire());
    }

    [Fact]
    public async Task Does_not_fire_when_it_was_taken_back()
    {
        await Schedule("c1", "sla", minutes: 10);
        Assert.True(await Db.WriteAsync(t => _timers.Cancel(t, "c1", "sla")));
        Assert.False(await Db.WriteAsync(t => _timers.Cancel(t, "c1", "sla")));

        Pass(10);
        Assert.Equal(0, await Fire());
    }

    [Fact]
    public async Task Fires_even_when_the_queue_is_full()
    {
        await Schedule("c1", "sla", minutes: 1);
        await Schedule("c2", "sla", minutes: 1);
        Pass(1);

        Assert.Equal(2, await Fire());
        Assert.Equal(2, Db.Read(_queue.Depth));
    }

    [Fact]
    public async Task Fires_in_order_of_due_time()
    {
        await Schedule("late", "sla", minutes: 9);
        await Schedule("early", "sla", minutes: 2);
        Pass(10);
        await Fire();

        Assert.Equal(["early", "late"], (await Lease()).Select(j => j.Key));
    }

    [Fact]
    public async Task Fires_by_itself_while_the_loop_runs()
    {
        using var stop = new CancellationTokenSource();
        var fired = new TaskCompletionSource();
        _queue.Changed += fired.SetResult;
        await Schedule("c1", "sla", minutes: 10);
        var running = _timers.RunAsync(Db, stop.Token);

        await Until.TrueAsync(() => fired.Task.IsCompleted, () => Pass(1));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(await Lease());
    }

    private Database Db => _temporary.Database;

    private void Pass(int minutes) => _temporary.Clock.Advance(TimeSpan.FromMinutes(minutes));

    private Task Schedule(string key, string kind, int minutes, string payload = "{}") => Db.WriteAsync(
        t => _timers.Schedule(t, key, kind, _temporary.Clock.GetUtcNow().AddMinutes(minutes), payload));

    private Task<int> Fire() => Db.WriteAsync(_timers.FireDue);

    private Task<List<LeasedJob>> Lease() => Db.WriteAsync(t => _queue.Lease(t, "w", 10));
}
