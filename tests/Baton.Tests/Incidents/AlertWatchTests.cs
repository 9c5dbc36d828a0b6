using Baton.Conversations.Tallies;
using Baton.Incidents.Alerting;
using Baton.Playbooks.Alerts;
using Baton.Storage.Events;
using Baton.Storage.Measured;

namespace Baton.Tests.Incidents;

/// <summary>Alerts over weeks in which nothing happens, and then something does.</summary>
public sealed class AlertWatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spike_of_escalations_is_raised_told_once_and_cleared_when_it_is_over()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.RoundsAsync(2);
        Assert.Empty(team.Open());

        await team.CountAsync(TallyFigure.HandedOver, 20, 2);
        await team.RoundsAsync(1);

        var alert = Assert.Single(team.Open());
        Assert.Equal("escalation_rate", alert.Name);
        Assert.Equal(AlertSeverity.Critical, alert.Severity);
        var notice = Assert.Single(team.Notices()).Notice;
        Assert.Equal(("operators", "alert/" + alert.Id), (notice.To, notice.Group));
        Assert.Contains("are usual at this hour", notice.Text, StringComparison.Ordinal);

        await team.RoundsAsync(60);

        Assert.Empty(team.Open());
        Assert.Equal(["alert/" + alert.Id + "/cleared"], team.Notices().Select(n => n.Notice.Group));
        Assert.Equal(["AlertRaised", "AlertCleared"], Types(team));
    }

    [Fact]
    public async Task One_process_of_several_looks()
    {
        await using var team = await StagedTeam.StartAsync();
        await using var second = team.OpenAnother();
        team.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await team.Watch.RoundAsync(Cancel));
        Assert.False(await team.WatchOn(second).RoundAsync(Cancel));
        team.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await team.WatchOn(second).RoundAsync(Cancel));
    }

    [Fact]
    public async Task A_storm_of_alerts_is_one_message_and_the_next_one_waits()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.SeeAsync(new(SeriesNames.DeadLetters, 3), new(SeriesNames.DiskUsed, 0.95),
            new(SeriesNames.OutboxAge, 900), new(SeriesNames.BreakerOpen, 1, "stand-in/mini"));
        await team.RoundsAsync(1);

        Assert.Equal(4, team.Open().Count);
        var notice = Assert.Single(team.Notices()).Notice;
        Assert.Contains("and 3 more alerts", notice.Title, StringComparison.Ordinal);
        Assert.Contains("stand-in/mini", notice.Text, StringComparison.Ordinal);

        await team.SeeAsync(new SeriesPoint(SeriesNames.LedgerFaults, 1));
        await team.RoundsAsync(1);
        Assert.Equal(5, team.Open().Count);
        Assert.Single(team.Notices());
        await team.RoundsAsync(5);
        Assert.Equal(2, team.Notices().Count);
    }

    [Fact]
    public async Task A_message_is_over_with_the_last_of_its_alerts()
    {
        await using var team = await StagedTeam.StartAsync();
        var breaker = new SeriesPoint(SeriesNames.BreakerOpen, 1, "shop");
        await team.SeeAsync(new(SeriesNames.DeadLetters, 3), breaker);
        await team.RoundsAsync(1);
        var group = Assert.Single(team.Notices()).Notice.Group;

        for (var i = 0; i < 30; i++)
        {
            await team.SeeAsync(breaker);
            await team.RoundsAsync(1);
        }
        Assert.Equal("breaker_open", Assert.Single(team.Open()).Name);
        Assert.Equal([group], team.Notices().Select(n => n.Notice.Group));

        await team.RoundsAsync(30);
        Assert.Equal([group + "/cleared"], team.Notices().Select(n => n.Notice.Group));
    }

    [Fact]
    public async Task What_comes_and_goes_is_told_once_an_hour()
    {
        await using var team = await StagedTeam.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "shop"));
            await team.RoundsAsync(16);
        }

        var all = team.Database.Read(c => AlertStore.Newest(c, 10));
        Assert.Equal(3, all.Count);
        Assert.Single(all, a => a.ToldAt is not null);
        Assert.Contains(all, a => a.Quiet == "told shortly before");
    }

    [Fact]
    public async Task A_silence_is_heeded_and_ends()
    {
        await using var team = await StagedTeam.StartAsync();
        Assert.Null(await team.Desk.SilenceAsync("breaker_open", TimeSpan.FromMinutes(10), "Ann Lee", "known", Cancel));
        for (var i = 0; i < 9; i++)
        {
            await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "shop"));
            await team.RoundsAsync(1);
        }
        Assert.Contains("Ann Lee", Assert.Single(team.Open()).Quiet, StringComparison.Ordinal);
        Assert.Empty(team.Notices());

        for (var i = 0; i < 3; i++)
        {
            await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "shop"));
            await team.RoundsAsync(1);
        }
        Assert.Null(Assert.Single(team.Open()).Quiet);
        Assert.Single(team.Notices());

        Assert.Contains("did you mean", await team.Desk.SilenceAsync(
            "breaker_opn", TimeSpan.FromMinutes(1), "Ann Lee", "x", Cancel), StringComparison.Ordinal);
        Assert.NotNull(await team.Desk.SilenceAsync("disk", TimeSpan.FromDays(30), "Ann Lee", "x", Cancel));
        Assert.NotNull(await team.Desk.SilenceAsync("disk", TimeSpan.FromDays(1), "Ann Lee", " ", Cancel));
    }

    [Fact]
    public async Task Maintenance_is_quiet_and_channels_are_told_by_name()
    {
        const string alerts = """
            notify: [pagerduty, slack]
            maintenance:
              - { cron: "0 12 * * 3", zone: UTC, for: 1h, why: database upgrade }
            alerts:
              dead_letters: { above: 10, severity: critical }
              disk: { enabled: false }
            """;
        await using var team = await StagedTeam.StartAsync(alerts);
        await team.SeeAsync(new(SeriesNames.DeadLetters, 11), new(SeriesNames.DiskUsed, 0.99));
        await team.RoundsAsync(1);
        Assert.Equal("maintenance: database upgrade", Assert.Single(team.Open()).Quiet);

        team.Clock.Advance(TimeSpan.FromHours(1));
        await team.SeeAsync(new SeriesPoint(SeriesNames.DeadLetters, 11));
        await team.RoundsAsync(1);

        Assert.Equal(["channel:pagerduty", "channel:slack"], team.Notices().Select(n => n.Notice.To).Order());
        Assert.All(team.Notices(), n => Assert.Equal(Baton.Storage.Outgoing.NoticeUrgency.High, n.Notice.Urgency));
    }

    [Fact]
    public async Task Somebody_takes_an_alert_once_and_programs_are_told()
    {
        await using var team = await StagedTeam.StartAsync();
        team.Announcements.Followers = ("webhook", type => type == AlertWatch.Raised);
        await team.SeeAsync(new SeriesPoint(SeriesNames.DeadLetters, 1));
        await team.RoundsAsync(1);

        Assert.Single(await team.Desk.AcknowledgeAsync("dead_letters", "Ann Lee", Cancel));
        Assert.Empty(await team.Desk.AcknowledgeAsync("*", "Bo", Cancel));
        Assert.Equal("Ann Lee", Assert.Single(team.Open()).AcknowledgedBy);
        var told = team.Database.Read(c => c.First(
            "select payload from outbox where kind = 'webhook'", row => row.Text(0)));
        Assert.Contains("\"announcement\":\"alert.raised\"", told, StringComparison.Ordinal);
        Assert.Equal(["AlertRaised", "AlertAcknowledged"], Types(team));

        await team.Desk.TestAsync(team.Playbooks.Current.Alerts, "Ann Lee", Cancel);
        Assert.Contains(team.Notices(), n => n.Notice.Title == "This is a test of alerts");
    }

    private static IEnumerable<string> Types(StagedTeam team) =>
        team.Database.Read(c => Ledger.Read(c, "operations/alerts")).Select(e => e.Type);
}
