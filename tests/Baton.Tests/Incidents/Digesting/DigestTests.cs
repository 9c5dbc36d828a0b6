using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Conversations.Tallies;
using Baton.Evaluation.Learning;
using Baton.Incidents.Digesting;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;
using Baton.Tests.Channels;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Incidents.Digesting;

/// <summary>What the team is told of a day and of a week.</summary>
public sealed class DigestTests : IAsyncDisposable
{
    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out | ChannelWays.Notices };
    private readonly Desk _desk;

    public DigestTests() => _desk = new Desk(
        DeskPlaybook.Files().With("alerts.yaml", "digest: { mail: [lead@example.com], provisioned_monthly: 4000 }\n"),
        channel: _pigeon, publicUrl: new Uri("https://support.example.com"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DigestDesk Digests => _desk.Get<DigestDesk>();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Says_what_insights_says_of_the_same_days()
    {
        await DayAsync();

        foreach (var weekly in (bool[])[false, true])
        {
            var facts = Digests.Make(weekly).Facts;
            var json = DigestJson.Of(facts);
            var period = InsightPeriod.Read(facts.Period.FromText, facts.Period.ToText, _desk.Clock.GetUtcNow());
            var overview = _desk.Database.Read(c => Overview.Read(c, period));
            var figures = OverviewJson.Of(overview);
            Assert.Equal((weekly ? 7 : 1, 3L), (period.Days, (long)figures["tickets"]!));
            Assert.Equal((long)figures["tickets"]!, (long)json["tickets"]!);
            Assert.Equal((double)figures["escalation_rate"]!, (double)json["escalated"]!["share"]!, 4);
            Assert.Equal((long)figures["promises"]!["kept"]!, (long)json["promises"]!["kept"]!);
            foreach (var (metric, counts) in figures["sla"]!.AsObject())
                Assert.Equal((long)counts!["breached"]!, (long)json["breaches"]![metric]!);
            var money = Economics.Of(overview);
            Assert.Equal((money.Answers, money.Spent.Amount), ((long)json["answered"]!, (decimal)json["spent_usd"]!));
            Assert.Equal((money.Resolved * 3.20m) - money.Spent.Amount, (decimal)json["saved_usd"]!);
            Assert.Equal(overview.Count(TallyFigure.WrongAnswer), (long)json["wrong_answers"]!);
            Assert.Equal(2, json["days"]!.AsArray().Sum(d => (long)d!["answered"]!));
        }
    }

    [Fact]
    public async Task Chooses_tickets_by_rules_that_open_behind_the_figures_and_says_why()
    {
        await DayAsync();
        var facts = Digests.Make(weekly: false).Facts;

        Assert.Equal(("T-1", TallyFigure.WrongAnswer), (facts.Tickets[0].Ticket, facts.Tickets[0].Rule));
        Assert.InRange(facts.Tickets.Count, 1, 3);
        Assert.Equal(facts.Tickets.Count, facts.Tickets.Select(t => t.Ticket).Distinct().Count());
        foreach (var chosen in facts.Tickets.Where(t => t.Rule != "cost"))
            Assert.Contains(chosen.Ticket, _desk.Database.Read(c => InsightReader.Tickets(
                c, chosen.Rule, InsightReader.All, null, facts.Period, null, 50)).Select(t => t.Id));
        Assert.All(facts.Tickets, t => Assert.NotEmpty(t.Why));
    }

    [Fact]
    public async Task Holds_nobodys_words()
    {
        await new Learned(_desk.Database).KeepAsync(Learned.Gaps, new JsonObject
        {
            ["gaps"] = new JsonArray(new JsonObject
            {
                ["name"] = "Can my hedgehog swim?", ["size"] = 4, ["deflects"] = new JsonObject { ["value"] = 0.07 },
                ["closest"] = new JsonObject { ["article"] = "Returns", ["heading"] = "Thirty days" },
                ["questions"] = new JsonArray("Can my hedgehog swim?"),
            }),
        }, Cancel);
        await DayAsync("My hedgehog wants its money back, ann@example.net");
        var digest = Digests.Make(weekly: false);

        Assert.Contains("Returns › Thirty days", digest.Text, StringComparison.Ordinal);
        Assert.Contains("7.0%", digest.Text, StringComparison.Ordinal);
        var json = DigestJson.Of(digest.Facts).ToJsonString();
        foreach (var form in (string[])[digest.Title, digest.Text, digest.Html, json])
            foreach (var word in (string[])["hedgehog", "ann@"])
                Assert.DoesNotContain(word, form, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Says_of_a_quiet_day_that_it_was_one()
    {
        var digest = Digests.Make(weekly: false);

        Assert.EndsWith("nothing happened", digest.Title, StringComparison.Ordinal);
        Assert.StartsWith("A quiet time", digest.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", Digests.Make(weekly: true).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_once_however_many_send_and_with_its_page_and_its_chart()
    {
        await DayAsync();
        await using var second = new Desk(
            time: _desk.Clock, beside: _desk, channel: _pigeon, publicUrl: new Uri("https://support.example.com"));

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => (i % 2 == 0 ? Digests : second.Get<DigestDesk>()).SendAsync(false, again: false, Cancel), Cancel)));
        await _desk.DeliverAsync();

        Assert.Single(all, sent => sent.To.Count == 1);
        Assert.Equal(5, all.Count(sent => sent.SentBefore is not null));
        Assert.Equal(1, _desk.Count("digests"));
        var told = Assert.IsType<OutgoingNotice>(Assert.Single(_pigeon.Sent));
        Assert.Equal(("operators", "image/png"), (told.To, told.Picture!.Type));
        Assert.Equal(["lead@example.com"], told.Mail);
        Assert.Contains("cid:chart", told.Html, StringComparison.Ordinal);
        Assert.Contains("https://support.example.com/tickets/", told.Text, StringComparison.Ordinal);

        var again = await Digests.SendAsync(false, again: true, Cancel);
        await _desk.DeliverAsync();
        Assert.NotNull(again.SentBefore);
        Assert.Equal(2, _pigeon.Sent.Count);
    }

    [Fact]
    public async Task Comes_by_the_calendar_of_the_playbook_in_every_week()
    {
        var schedule = _desk.Get<DigestSchedule>();
        await schedule.FollowAsync(Cancel);
        for (var day = 0; day < 8; day++)
        {
            _desk.Clock.Advance(TimeSpan.FromDays(1));
            await _desk.WorkAsync();
            await _desk.DeliverAsync();
        }

        // Eight days have eight mornings and one Monday.
        Assert.Equal(9, _pigeon.Sent.Count);
        Assert.Single(_pigeon.Sent.Cast<OutgoingNotice>(), n => n.Title.Contains("the week from", StringComparison.Ordinal));
        await schedule.FollowAsync(Cancel);
        Assert.Equal(1, _desk.Database.Read(c => c.Number("select count(*) from schedules where name = 'digest-daily'")));
    }

    /// <summary>Two answers and one for a person, and then it is the next day.</summary>
    private async Task DayAsync(string text = DeskPlaybook.WantsChange)
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));
        await _desk.DecideAsync(Desk.Ticket(text, "T-3"));
        Assert.Null(await _desk.Get<ReviewDesk>().ReviewAsync("T-1", 1, Route.L1, "tess", Cancel));
        await _desk.DeliverAsync();
        _pigeon.Sent.Clear();
        _desk.Clock.Advance(TimeSpan.FromDays(1));
    }
}
