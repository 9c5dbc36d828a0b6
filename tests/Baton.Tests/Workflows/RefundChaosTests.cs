using Baton.Conversations;

namespace Baton.Tests.Workflows;

/// <summary>
/// The process dies at every moment at which the flow looks at the clock, which it does around each step, call and
/// record, and before and after each request: money goes back once all the same.
/// </summary>
public sealed class RefundChaosTests : IAsyncDisposable
{
    private readonly DeadlyClock _clock = new();
    private readonly RefundDesk _desk;

    public RefundChaosTests()
    {
        _desk = new RefundDesk(_clock);
        _desk.Meanwhile = _clock.Count;
        _clock.Real = _desk.Desk.Clock;
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Pays_back_once_wherever_the_process_dies()
    {
        var deaths = 0;
        for (var point = 1; ; point++)
        {
            var id = $"T-{point}";
            (_desk.Shop, _desk.Effects) = (new(_desk.Desk.Clock), 0);
            await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small, id));
            var died = await DieAsync(point);
            _desk.Desk.LetLeasesEnd();
            await _desk.Desk.WorkAsync();

            Assert.True(_desk.Desk.Latest(id).Outcome == OutcomeKind.Acted, $"point {point}");
            Assert.Equal((point, 91m, 91m, 91m), (point, _desk.PaidBack, _desk.Recorded(id), _desk.Told(id)));
            Assert.Single(_desk.Shop.Ledger);
            if (!died) break;
            deaths++;
        }
        Assert.InRange(deaths, 20, 400);
    }

    private async Task<bool> DieAsync(int point)
    {
        using var death = new CancellationTokenSource();
        var job = (await _desk.Desk.LeaseAsync())!;
        _clock.Arm(point, death);
        try
        {
            await _desk.Desk.Turns.HandleAsync(job, death.Token);
        }
        catch (Exception error) when (error is OperationCanceledException) { }
        _clock.Arm(0, null);
        return death.IsCancellationRequested;
    }

    /// <summary>The process dies at the n-th look at it.</summary>
    private sealed class DeadlyClock : TimeProvider
    {
        private CancellationTokenSource? _death;
        private int _left;

        public TimeProvider Real { get; set; } = new Baton.Testing.ManualClock();

        public override long TimestampFrequency => Real.TimestampFrequency;

        public void Arm(int point, CancellationTokenSource? death) => (_left, _death) = (point, death);

        public void Count()
        {
            if (_death is not { IsCancellationRequested: false } death || --_left > 0) return;
            death.Cancel();
            throw new OperationCanceledException(death.Token);
        }

        public override DateTimeOffset GetUtcNow()
        {
            Count();
            return Real.GetUtcNow();
        }

        public override long GetTimestamp()
        {
            Count();
            return Real.GetTimestamp();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Real.CreateTimer(callback, state, dueTime, period);
    }
}
