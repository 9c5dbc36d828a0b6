using Baton.Conversations.Inbound;
using Baton.Testing;

namespace Baton.Tests.Conversations;

public sealed class IntakeLoadTests
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_a_turn_start_when_the_last_delivery_is_on_the_disk()
    {
        var load = new IntakeLoad(new IntakeOptions(), _clock);
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        Task[] counted = [load.CountAsync(first.Task), load.CountAsync(second.Task)];
        var turn = load.GiveWayAsync(Token);

        first.SetResult(1);
        await counted[0];
        Assert.False(turn.IsCompleted);
        second.SetResult(2);
        await turn.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.True(load.GiveWayAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Lets_a_turn_start_after_a_while_although_deliveries_wait()
    {
        var load = new IntakeLoad(new IntakeOptions { GiveWayMs = 100 }, _clock);
        var delivery = load.CountAsync(new TaskCompletionSource<int>().Task);
        var turn = load.GiveWayAsync(Token);

        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(turn.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await turn.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.False(delivery.IsCompleted);
    }

    [Fact]
    public async Task Counts_a_delivery_no_longer_when_its_write_failed()
    {
        var load = new IntakeLoad(new IntakeOptions(), _clock);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => load.CountAsync(Task.FromException<int>(new InvalidOperationException("disk"))));

        Assert.True(load.GiveWayAsync(Token).IsCompleted);
    }

    [Fact]
    public void Gives_no_way_when_told_so()
    {
        var load = new IntakeLoad(new IntakeOptions { GiveWayMs = 0 }, _clock);
        _ = load.CountAsync(new TaskCompletionSource<int>().Task);

        Assert.True(load.GiveWayAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Ends_the_wait_when_the_worker_stops()
    {
        var load = new IntakeLoad(new IntakeOptions(), _clock);
        _ = load.CountAsync(new TaskCompletionSource<int>().Task);
        using var stop = new CancellationTokenSource();
        var turn = load.GiveWayAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
    }
}
