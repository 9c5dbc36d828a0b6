using Baton.Operations.Scheduling;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Operations.Versions;

/// <summary>The calendar over the timers, with time zones.</summary>
public sealed class SchedulesTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();
    private readonly Timers _timers;

    public SchedulesTests() => _timers = new Timers(
        new JobQueue("test", new JobOptions(), _temporary.Clock, new Random(1)), _temporary.Clock, NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Schedules Schedules => new(_temporary.Database, _timers);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Theory]
    // Monday 06:00 UTC, after a Wednesday.
    [InlineData("0 6 * * 1", "UTC", "2026-11-25T12:00:00Z", "2026-11-30T06:00:00Z")]
    // 02:30 does not exist in Berlin on 29 March 2026: the clock goes from 2 to 3.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    // It comes twice on 25 October 2026, and once is meant.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:31:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    public void The_next_time_is_that_of_the_zone(string cron, string zone, string after, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), Schedules.Next(cron, zone, DateTimeOffset.Parse(after)));

    [Theory]
    [InlineData("0 25 * * *", "UTC", "'0 25 * * *' is no cron line")]
    [InlineData("0 6 * * 1", "Europe/Nowhere", "'Europe/Nowhere' is no time zone")]
    public void Says_what_cannot_be_read(string cron, string zone, string problem) => Assert.StartsWith(
        problem, Assert.Throws<FormatException>(() => Schedules.Next(cron, zone, _temporary.Clock.GetUtcNow())).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Fires_once_for_each_time_and_late_after_a_stop()
    {
        await Schedules.SetAsync("weekly", "evaluation", "0 6 * * 1", "UTC", Token);
        var first = Schedules.List().Single().Next;

        // Three Mondays pass while nothing runs.
        _temporary.Clock.Advance(TimeSpan.FromDays(21));
        await _timers.StepAsync(_temporary.Database);
        var fired = await Schedules.FiredAsync("weekly", Token);
        await _timers.StepAsync(_temporary.Database);

        var now = Schedules.List().Single();
        Assert.Equal("weekly", fired!.Name);
        Assert.Equal(1, _temporary.Database.Read(c => c.Number("select count(*) from jobs where kind = 'evaluation'")));
        Assert.Equal(_temporary.Clock.GetUtcNow(), now.Last);
        Assert.True(now.Next > _temporary.Clock.GetUtcNow() && now.Next > first);
        Assert.Equal(now.Next, _temporary.Database.Read(c => Timers.DueAt(c, "weekly", "evaluation")));
    }

    [Fact]
    public async Task Set_again_it_keeps_its_time_and_changed_it_moves()
    {
        await Schedules.SetAsync("daily", "evaluation", "30 5 * * *", "UTC", Token);
        var due = Schedules.List().Single().Next;
        _temporary.Clock.Advance(TimeSpan.FromDays(3));
        await Schedules.SetAsync("daily", "evaluation", "30 5 * * *", "UTC", Token);
        Assert.Equal(due, Schedules.List().Single().Next);

        await Schedules.SetAsync("daily", "evaluation", "45 5 * * *", "UTC", Token);
        Assert.Equal(45, Schedules.List().Single().Next.Minute);

        await Schedules.RemoveAsync("daily", "evaluation", Token);
        Assert.Empty(Schedules.List());
        Assert.Null(await Schedules.FiredAsync("daily", Token));
    }
}
