using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Conversations.Tickets;
using Baton.Insights;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Insights;

/// <summary>Figures in the product: counted with the event, added up later, the same after a rebuild.</summary>
public sealed class InsightTablesTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-3"));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_the_same_before_and_after_they_are_added_up()
    {
        var fresh = OverviewJson.Of(Overview()).ToJsonString();
        Assert.Equal(0, _desk.Count("insight_days"));

        await SweepAsync();

        Assert.Equal(fresh, OverviewJson.Of(Overview()).ToJsonString());
        Assert.True(_desk.Count("insight_days") > 0);
        Assert.Equal(0, _desk.Database.Read(c => c.Number("select count(*) from insight_facts where folded = 0")));
    }

    [Fact]
    public async Task Add_up_what_comes_after_a_sweep()
    {
        await SweepAsync();
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-4"));

        var overview = Overview();
        Assert.Equal(4, overview.Count(TallyFigure.Ticket));
        Assert.Equal((2, 4), (overview.Rate(TallyFigure.Escalated, TallyFigure.Ticket) is var r ? r.Hits : 0, r.Of));
        Assert.Equal(4, overview.ByRoute.Values.Sum());
        Assert.Equal(2, overview.ByRoute["auto"]);

        await SweepAsync();
        Assert.Equal(OverviewJson.Csv(overview), OverviewJson.Csv(Overview()));
    }

    [Fact]
    public async Task Silence_resolves_thanks_changes_nothing_and_coming_back_withdraws()
    {
        Assert.Equal(2, Overview().Count("contained"));
        _desk.Clock.Advance(TimeSpan.FromDays(4));
        await _desk.WorkAsync();
        Assert.Equal((0, 2), (Overview().Count("contained"), Overview().Count("assumed")));

        await _desk.WriteAsync("Thanks!");
        Assert.Equal(2, Overview().Count("assumed"));

        await _desk.WriteAsync("It does not work, how long do I have to return something?");
        Assert.Equal((1, 1), (Overview().Count("assumed"), Overview().Count("withdrawn")));
        Assert.Single(_desk.Events().OfType<ConversationEvent.ResolutionWithdrawn>());
        Assert.Equal(["T-1"], Tickets("withdrawn"));
        Assert.Equal(["T-2"], Tickets("assumed"));
    }

    [Fact]
    public async Task A_figure_opens_the_tickets_it_counts_page_by_page()
    {
        Assert.Equal(["T-3", "T-2", "T-1"], Tickets(TallyFigure.Decision));
        Assert.Equal(["T-2", "T-1"], Tickets(TallyFigure.Decision, "route", "auto"));
        var first = Page(TallyFigure.Decision, null, 2);
        Assert.Equal(["T-3", "T-2"], first.Select(t => t.Id));
        Assert.Equal(["T-1"], Page(TallyFigure.Decision, first[^1], 2).Select(t => t.Id));

        await ActAsync(new PersonAction.Claim());
        await ActAsync(new PersonAction.Reroute("l2", "wrong team"));
        Assert.Equal(["T-3"], Tickets(TallyFigure.Overridden));
    }

    [Fact]
    public async Task A_rebuild_comes_to_the_same_rows()
    {
        await ActAsync(new PersonAction.Claim());
        _desk.Clock.Advance(TimeSpan.FromDays(4));
        await _desk.WorkAsync();
        await _desk.WriteAsync("It does not work, how long do I have to return something?");
        await SweepAsync();
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-4"));
        var before = OverviewJson.Of(Overview()).ToJsonString();

        Assert.All(
            await LedgerRebuild.RunAsync(_desk.Database, [InsightTables.ReadTable], CancellationToken.None),
            table => Assert.False(table.Changed, table.Table));
        Assert.Equal(before, OverviewJson.Of(Overview()).ToJsonString());
    }

    [Fact]
    public void The_overview_has_the_shape_that_programs_read()
    {
        var json = OverviewJson.Of(Overview());

        Assert.Equal(
            ["tickets", "by_route", "deflection", "override_rate", "low_confidence", "escalation_rate",
                "escalations_unneeded", "csat", "sla", "promises"],
            json.Select(p => p.Key));
        Assert.Equal(
            ["contained", "assumed", "confirmed", "verified", "withdrawn"],
            json["deflection"]!.AsObject().Select(p => p.Key));
        Assert.Equal(["auto", "ask", "l1", "l2", "l3", "human_now"], json["by_route"]!.AsObject().Select(p => p.Key));
        Assert.Equal(["first_reply", "next_reply", "requester_wait", "resolution"],
            json["sla"]!.AsObject().Select(p => p.Key));
        Assert.Equal("{\"met\":0,\"breached\":0}", json["sla"]!["first_reply"]!.ToJsonString());
        Assert.Equal("{\"kept\":0,\"broken\":0}", json["promises"]!.ToJsonString());
        Assert.Null(json["csat"]);
        Assert.Equal(0.3333, (double)json["escalation_rate"]!);
    }

    [Theory]
    [InlineData("2026-11-30", "2026-11-01", "after the end")]
    [InlineData("yesterday", null, "write a day such as 2026-11-30")]
    [InlineData("2020-01-01", "2026-11-30", "at most 366 days")]
    public void A_period_that_cannot_be_read_says_why(string from, string? to, string why) =>
        Assert.Contains(why, Assert.Throws<InsightQuestionException>(
            () => InsightPeriod.Read(from, to, _desk.Clock.GetUtcNow())).Message, StringComparison.Ordinal);

    private InsightPeriod Period => InsightPeriod.Last(InsightPeriod.Usual, _desk.Clock.GetUtcNow());

    private Overview Overview() => _desk.Database.Read(c => Baton.Insights.Overview.Read(c, Period));

    private List<InsightTicket> Page(
        string figure, InsightTicket? after, int limit, string cut = "all", string? name = null) =>
        _desk.Database.Read(c => InsightReader.Tickets(c, figure, cut, name, Period, after, limit));

    private IEnumerable<string> Tickets(string figure, string cut = "all", string? name = null) =>
        Page(figure, null, InsightReader.MostTickets, cut, name).Select(t => t.Id);

    private Task SweepAsync() => _desk.Get<InsightSweep>().SweepAsync(CancellationToken.None);

    private async Task ActAsync(PersonAction action) => Assert.Equal(
        (true, (string?)null),
        await _desk.Get<Inbox>().ActAsync("T-3", (_, _) => action, "ann", null, CancellationToken.None));
}
