using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Insights.Measuring;
using Baton.Storage.Measured;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Insights;

/// <summary>What is measured by the minute: counts of facts, and what slices see.</summary>
public sealed class SeriesTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync() => await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Facts_are_counted_in_their_minute_and_hour_and_come_out_of_a_rebuild()
    {
        await _desk.AppendAsync("T-1",
            new ConversationEvent.ToolDenied(1, "refund", "refunds", "no", "helper", "scope"),
            new ConversationEvent.ToolDenied(1, "refund", "refunds", "too late", "helper", "precondition:window"),
            new ConversationEvent.ModelFellBack(1, StageNames.Triage, "a", "b", "down"));
        await _desk.Get<InsightSweep>().SweepAsync(Cancel);
        var minute = SeriesRows.MinuteOf(_desk.Clock.GetUtcNow());
        long Count(string series, int step) => _desk.Database.Read(
            c => SeriesReader.Slots(c, series, step, minute / step, minute / step)).Sum(s => s.N);

        foreach (var step in (int[])[1, SeriesRows.Hour])
            Assert.Equal((1, 1, 1, 1), (Count(TallyFigure.Ticket, step), Count(TallyFigure.Answered, step),
                Count(TallyFigure.Denied, step), Count(TallyFigure.FellBack, step)));
        Assert.Equal(1, Count(TallyFigure.Latency, 1));
        Assert.Equal(minute / 60, _desk.Database.Read(SeriesReader.FirstHour));
    }

    [Fact]
    public async Task What_slices_see_is_kept_as_the_most_of_a_minute_and_forgotten_after_days()
    {
        var sweep = _desk.Get<SeriesSweep>();
        await sweep.SweepAsync(Cancel);
        var minute = SeriesRows.MinuteOf(_desk.Clock.GetUtcNow());

        var seen = _desk.Database.Read(c => ((string[])[SeriesNames.DeadLetters, SeriesNames.OutboxAge,
            SeriesNames.ClockOff, SeriesNames.LedgerFaults, SeriesNames.BreakerOpen, SeriesNames.QueueUnstaffed])
            .ToDictionary(name => name, name => SeriesReader.Most(c, name, minute, minute)));

        Assert.All(seen, s => Assert.True(s.Value.ContainsKey(""), s.Key));
        Assert.Equal((0, 0), (seen[SeriesNames.LedgerFaults][""], seen[SeriesNames.ClockOff][""]));
        await _desk.Database.WriteAsync(t =>
        {
            SeriesRows.See(t, [new(SeriesNames.DeadLetters, 3)], _desk.Clock.GetUtcNow());
            SeriesRows.See(t, [new(SeriesNames.DeadLetters, 2)], _desk.Clock.GetUtcNow());
        }, Cancel);
        Assert.Equal(3, _desk.Database.Read(c => SeriesReader.Most(c, SeriesNames.DeadLetters, minute, minute))[""]);

        _desk.Clock.Advance(TimeSpan.FromDays(9));
        await sweep.SweepAsync(Cancel);
        Assert.Empty(_desk.Database.Read(c => SeriesReader.Most(c, SeriesNames.DeadLetters, minute, minute)));
    }

    [Fact]
    public async Task A_clock_that_goes_back_is_seen()
    {
        var sweep = _desk.Get<SeriesSweep>();
        await sweep.SweepAsync(Cancel);
        _desk.Clock.AdjustTime(_desk.Clock.GetUtcNow().AddHours(-2));
        await sweep.SweepAsync(Cancel);

        var minute = SeriesRows.MinuteOf(_desk.Clock.GetUtcNow());
        Assert.InRange(_desk.Database.Read(
            c => SeriesReader.Most(c, SeriesNames.ClockOff, minute, minute))[""], 7_000, 7_400);
    }
}
