using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;

namespace Baton.Tests.Storage;

/// <summary>A queue takes what can be worked off in time, and says truly when there will be room.</summary>
public sealed class QueuePressureTests : IAsyncDisposable
{
    private static readonly JobOptions Options = new() { WorkOffSeconds = 10, AlwaysTaken = 5 };

    private readonly TemporaryDatabase _temporary = new();
    private readonly JobQueue _queue;

    public QueuePressureTests() => _queue = new JobQueue("test", Options, _temporary.Clock, new Random(1));

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 30)]
    [InlineData(7, 70)]
    public async Task Takes_as_much_as_the_measured_rate_works_off_in_time(int perSecond, int expected)
    {
        await FinishAsync(perSecond, seconds: 20);

        Assert.Equal(expected, await FillAsync());
    }

    [Fact]
    public async Task Says_when_there_will_be_room()
    {
        await FinishAsync(perSecond: 2, seconds: 20);
        await FillAsync();
        for (var i = 0; i < 8; i++) await Db.WriteAsync(t => _queue.EnqueueAlways(t, new NewJob { Kind = "turn" }));

        var full = Assert.IsType<EnqueueOutcome.QueueFull>(await EnqueueAsync());
        Assert.Equal((28, TimeSpan.FromSeconds(5)), (full.Waiting, full.RetryAfter));

        for (var second = 0; second < 5; second++) await WorkAsync(2);
        Assert.IsType<EnqueueOutcome.Queued>(await EnqueueAsync());
    }

    [Fact]
    public async Task Takes_a_few_jobs_however_slow_the_work_is()
    {
        await FinishAsync(perSecond: 1, seconds: 1);
        _temporary.Clock.Advance(TimeSpan.FromSeconds(58));

        Assert.Equal(Options.AlwaysTaken, await FillAsync());
    }

    [Fact]
    public async Task Takes_what_comes_while_no_rate_is_known_and_nothing_waits_too_long()
    {
        for (var i = 0; i < 50; i++) Assert.IsType<EnqueueOutcome.Queued>(await EnqueueAsync());

        _temporary.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.IsType<EnqueueOutcome.QueueFull>(await EnqueueAsync());
    }

    [Fact]
    public async Task Does_not_look_at_time_when_told_so()
    {
        var queue = new JobQueue("other", Options with { WorkOffSeconds = 0 }, _temporary.Clock, new Random(1));
        for (var i = 0; i < 50; i++) await Db.WriteAsync(t => queue.Enqueue(t, new NewJob { Kind = "turn" }));
        _temporary.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<EnqueueOutcome.Queued>(await Db.WriteAsync(t => queue.Enqueue(t, new NewJob { Kind = "turn" })));
    }

    private Database Db => _temporary.Database;

    private async Task FinishAsync(int perSecond, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            for (var i = 0; i < perSecond; i++)
                await Db.WriteAsync(t => _queue.EnqueueAlways(t, new NewJob { Kind = "turn" }));
            await WorkAsync(perSecond);
        }
    }

    /// <summary>A second in which so many jobs are finished.</summary>
    private async Task WorkAsync(int jobs)
    {
        foreach (var job in await Db.WriteAsync(t => _queue.Lease(t, "w", jobs)))
            await Db.WriteAsync(t => _queue.Complete(t, job));
        _temporary.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task<int> FillAsync()
    {
        for (var taken = 0; ; taken++)
            if (await EnqueueAsync() is EnqueueOutcome.QueueFull) return taken;
    }

    private Task<EnqueueOutcome> EnqueueAsync() => Db.WriteAsync(t => _queue.Enqueue(t, new NewJob { Kind = "turn" }));
}
