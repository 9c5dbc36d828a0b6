using Baton.Testing;
using Baton.Tools.Running;

namespace Baton.Tests.Tools;

public sealed class CallTimesTests
{
    private readonly CallTimes _times = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public void Knows_nothing_at_first_and_forgets_what_is_long_ago()
    {
        Add(20, 300);
        Assert.Null(_times.Slower(_clock.GetUtcNow()));
        Add(10, 300);
        Assert.Equal(1, _times.Slower(_clock.GetUtcNow())!.Value, 2);
        Assert.Null(_times.Slower(_clock.GetUtcNow().AddHours(1)));
    }

    [Fact]
    public void A_system_that_became_slow_is_seen_for_long_and_one_that_hangs_once_is_not()
    {
        Add(100, 400);
        Add(1, 60_000);
        Assert.InRange(_times.Slower(_clock.GetUtcNow())!.Value, 0.9, 1.1);

        Add(30, 4_000);
        Assert.InRange(_times.Slower(_clock.GetUtcNow())!.Value, 4, 10);
    }

    [Fact]
    public void Twice_nothing_is_nothing()
    {
        Add(50, 2);
        Add(10, 40);

        Assert.Equal(1, _times.Slower(_clock.GetUtcNow()));
    }

    private void Add(int calls, double ms)
    {
        for (var i = 0; i < calls; i++) _times.Add(ms, _clock.GetUtcNow());
    }
}
