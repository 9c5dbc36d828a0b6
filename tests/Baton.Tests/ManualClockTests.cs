using Baton.Testing;

namespace Baton.Tests;

public sealed class ManualClockTests
{
    [Fact]
    public void Fires_timers_when_time_reaches_them()
    {
        var clock = new ManualClock();
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, fired);

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, fired);
    }
}
