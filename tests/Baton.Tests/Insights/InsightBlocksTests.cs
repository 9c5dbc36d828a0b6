using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Insights;

/// <summary>A period read in blocks of days comes to the same as day by day.</summary>
public sealed class InsightBlocksTests : IAsyncDisposable
{
    private const int Days = 100;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDatabase _temporary = new();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Any_period_has_the_sums_of_its_days()
    {
        var database = _temporary.Database;
        // Added up in two rounds, and the last day not yet.
        await database.WriteAsync(t => Decide(t, 0, Days / 2));
        await database.WriteAsync(InsightFolding.Fold);
        await database.WriteAsync(t => Decide(t, Days / 2, Days - 1));
        await database.WriteAsync(InsightFolding.Fold);
        await database.WriteAsync(t => Decide(t, Days - 1, Days));
        var first = TicketTally.DayOf(Start);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var from = first + random.Next(Days);
            var period = new InsightPeriod(from, from + random.Next(Days));
            var byDay = Read(c => InsightReader.ByDay(c, TallyFigure.Decision, "intent", period));

            Assert.Equal(
                byDay.GroupBy(r => r.Name).Select(g => (g.Key, g.Sum(r => r.N))).Order(),
                Read(c => InsightReader.ByName(c, TallyFigure.Decision, "intent", period)).Select(r => (r.Name, r.N))
                    .Order());
            Assert.Equal(
                byDay.Sum(r => r.N),
                Read(c => InsightReader.Totals(c, period)).GetValueOrDefault(TallyFigure.Decision).N);
            Assert.Equal(byDay.Sum(r => r.N), Read(c => LatencyLine.Read(c, "intent", period)).Sum(l => l.N));
        }
    }

    [Theory]
    [InlineData("intent-3", 1)]
    [InlineData("intent-3", 7)]
    [InlineData("intent-4", 1_000)]
    [InlineData("nobody", 7)]
    public async Task The_tickets_of_a_name_are_those_of_its_days_page_by_page(string name, int limit)
    {
        var database = _temporary.Database;
        await database.WriteAsync(t => Decide(t, 0, Days - 1));
        await database.WriteAsync(InsightFolding.Fold);
        await database.WriteAsync(t => Decide(t, Days - 1, Days));
        var first = TicketTally.DayOf(Start);
        var period = new InsightPeriod(first + 5, first + Days);
        var found = new List<InsightTicket>();
        while (Page(found.LastOrDefault()) is { Count: > 0 } page) found.AddRange(page);

        Assert.Equal(
            from day in Enumerable.Range(5, Days - 5).Reverse()
            where $"intent-{day % 5}" == name
            from i in Enumerable.Range(0, day % 3 + 1).Reverse()
            select ($"T-{day}-{i}", first + day),
            found.Select(t => (t.Id, t.Day)));

        List<InsightTicket> Page(InsightTicket? after) => Read(
            c => InsightReader.Tickets(c, TallyFigure.Decision, "intent", name, period, after, limit));
    }

    [Theory]
    [InlineData(0, 15, 0, 0, -1, 16)]
    [InlineData(1, 15, 1, 0, 15, 16)]
    [InlineData(1, 31, 1, 1, 15, 32)]
    [InlineData(5, 50, 1, 2, 15, 48)]
    [InlineData(16, 16, 1, 0, 16, 17)]
    public void Has_days_at_both_ends_and_blocks_between(
        long from, long to, long firstBlock, long lastBlock, long before, long after)
    {
        var period = new InsightPeriod(from, to);

        Assert.Equal((firstBlock, lastBlock), period.Blocks);
        Assert.Equal((before, after), period.Edges);
    }

    private T Read<T>(Func<ReadConnection, T> read) => _temporary.Database.Read(read);

    private static void Decide(WriteTransaction transaction, int from, int to)
    {
        for (var day = from; day < to; day++)
            for (var i = 0; i <= day % 3; i++)
                InsightTables.Follow(transaction, new Conversation { Id = $"T-{day}-{i}" },
                [
                    new ConversationEvent.DecisionMade(
                        1, "v1", Route.Auto, OutcomeKind.Replied, 0.9, false, "", [], [], [], $"intent-{day % 5}",
                        Priority.Normal, null, 10 * (i + 1)),
                ], Start.AddDays(day));
    }
}
