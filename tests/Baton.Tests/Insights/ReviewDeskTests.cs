using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Insights;

/// <summary>The list of low-confidence decisions is worked off, and agreement is counted.</summary>
public sealed class ReviewDeskTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync()
    {
        foreach (var id in (string[])["T-1", "T-2"])
        {
            await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, id));
            await _desk.AppendAsync(id, _desk.Events(id).OfType<ConversationEvent.DecisionMade>().Single() with
            {
                NeedsReview = true,
            });
        }
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Shows_what_waits_until_somebody_has_said_something()
    {
        var item = Waiting()[0];
        Assert.Equal(("T-2", 1, DeskPlaybook.AsksForReturns), (item.Ticket, item.Turn, item.Asked));

        Assert.Null(await ReviewAsync("T-2", null));
        Assert.Equal(["T-1"], Waiting().Select(i => i.Ticket));
        Assert.Null(await ReviewAsync("T-1", Route.L2));
        Assert.Empty(Waiting());

        var overview = _desk.Database.Read(c => Overview.Read(c, Period));
        Assert.Equal((1, 2), (overview.Count(TallyFigure.Agreed), overview.Count(TallyFigure.Reviewed)));
        Assert.Equal(0.5, overview.Rate(TallyFigure.Overridden, TallyFigure.Judged).Value);
        Assert.Equal(2, overview.Count(TallyFigure.LowConfidence));
    }

    [Fact]
    public async Task Says_why_it_does_not_take_a_verdict()
    {
        Assert.Equal("it was auto: agree, or name another route", await ReviewAsync("T-1", Route.Auto));
        Assert.Equal("there is no ticket T-9", await ReviewAsync("T-9", null));
        Assert.Equal("ticket T-1 has no decision in turn 2", await ReviewAsync("T-1", null, 2));
        Assert.Null(await ReviewAsync("T-1", null));
        Assert.Equal("lea has reviewed it already", await ReviewAsync("T-1", Route.L1));
    }

    private InsightPeriod Period => InsightPeriod.Last(2, _desk.Clock.GetUtcNow());

    private IReadOnlyList<ReviewItem> Waiting() => _desk.Get<ReviewDesk>().Waiting(Period, 10);

    private Task<string?> ReviewAsync(string id, Route? route, int turn = 1) =>
        _desk.Get<ReviewDesk>().ReviewAsync(id, turn, route, "lea", CancellationToken.None);
}
