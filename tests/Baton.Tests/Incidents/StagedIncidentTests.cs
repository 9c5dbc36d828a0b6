using System.Text.Json.Nodes;
using Baton.Conversations.Tallies;
using Baton.Incidents.Triaging;
using Baton.Storage.Measured;
using Baton.Testing;

namespace Baton.Tests.Incidents;

/// <summary>Eight nights that go wrong: the right cause comes first in each.</summary>
public sealed class StagedIncidentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_wrong()
    {
        await using var team = await StagedTeam.StartAsync();

        var result = team.Triage.Triage(team.Now);

        Assert.Equal("inconclusive", result.Result);
        Assert.All(result.Checks, c => Assert.Equal(CheckSeverity.Ok, c.Severity));
        Assert.All(result.Checks, c => Assert.NotNull(c.RulesOut));
        Assert.Equal(3, result.Next.Count);
    }

    [Fact]
    public async Task A_bad_playbook()
    {
        await using var team = await StagedTeam.StartAsync();
        var (good, bad) = await ChangePlaybookAsync(team);
        team.Clock.Advance(TimeSpan.FromHours(1));
        await DecideAsync(team, minutes: 55, escalated: 0.7);

        await ExpectAsync(team, "bad_playbook", TriageAction.Rollback, "changes.playbook");
        // It is gone with the version of before.
        var (incident, _) = await NewAsync(team);
        var (done, text) = await team.Incidents.ActAsync(incident, TriageAction.Rollback, "Ann Lee", "", Cancel);
        Assert.True(done, text);
        Assert.Equal(good, team.Versions.State()!.Active);
        Assert.NotEqual(bad, team.Versions.State()!.Active);
        Assert.False((await team.Incidents.ActAsync(incident, TriageAction.Rollback, "Ann Lee", "", Cancel)).Done);
    }

    [Fact]
    public async Task A_bad_playbook_behind_a_harmless_change()
    {
        await using var team = await StagedTeam.StartAsync();
        await ChangePlaybookAsync(team);
        team.Clock.Advance(TimeSpan.FromHours(1));
        await DecideAsync(team, minutes: 55, escalated: 0.7);
        await team.Versions.ProposeAsync("here", Threshold("0.98"), Cancel);

        await ExpectAsync(team, "bad_playbook", TriageAction.Rollback, "changes.playbook");
    }

    [Fact]
    public async Task A_provider_that_is_down()
    {
        await using var team = await StagedTeam.StartAsync();
        await DecideAsync(team, minutes: 30, escalated: 0.8);
        await team.CountAsync(TallyFigure.FellBack, 30, 1);
        await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "openai/gpt-mini"));

        await ExpectAsync(team, "provider_down", TriageAction.HandToPerson, "breakers");
        var (incident, _) = await NewAsync(team);
        Assert.True((await team.Incidents.ActAsync(incident, TriageAction.HandToPerson, "Ann Lee", "down", Cancel)).Done);
        Assert.NotEmpty(team.Rungs.List());
    }

    [Fact]
    public async Task A_wave_of_injections()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.CountAsync(TallyFigure.Denied, 30, 0.5);
        await DecideAsync(team, minutes: 30, escalated: 0.6);

        await ExpectAsync(team, "injection_or_stolen_agent", TriageAction.KillSwitch, "denials");
        var (incident, result) = await NewAsync(team);
        Assert.Equal(CheckSeverity.Skipped, result.Checks[1].Severity);
        Assert.True((await team.Incidents.ActAsync(incident, TriageAction.KillSwitch, "Ann Lee", "wave", Cancel)).Done);
        Assert.True(team.Switch.Read().On);
    }

    [Fact]
    public async Task A_payment_outage_with_a_legitimate_rush()
    {
        await using var team = await StagedTeam.StartAsync();
        await DecideAsync(team, minutes: 30, escalated: 0.6, times: 4);
        await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "payments.example"));

        var found = await ExpectAsync(team, "system_down", TriageAction.HandToPerson, "breakers");
        Assert.Contains("Customers write more than usual", found.Evidence, StringComparison.Ordinal);
        Assert.Equal("payments.example", found.Target);
    }

    [Fact]
    public async Task A_judge_that_drifted()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.CountAsync(TallyFigure.SecondOpinion, 240, 0.5);
        await team.CountAsync(TallyFigure.SecondDiffers, 240, 0.4);

        await ExpectAsync(team, "judge_drifted", TriageAction.HandToPerson, "appropriateness");
    }

    [Fact]
    public async Task A_fraud_check_that_is_slow()
    {
        await using var team = await StagedTeam.StartAsync();
        await DecideAsync(team, minutes: 30, escalated: 0.5);
        await team.CountAsync(TallyFigure.StageFailed, 30, 0.4);
        await team.SeeAsync(new SeriesPoint(SeriesNames.ToolSlow, 9, "fraud.example"));

        Assert.Contains("9 times as long",
            (await ExpectAsync(team, "system_slow", TriageAction.HandToPerson, "breakers")).Evidence,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deploy_without_a_canary()
    {
        await using var team = await StagedTeam.StartAsync();
        var deployments = new Deployments(team.Database, team.Clock);
        await deployments.NoteAsync("aaa", "1.0.0", Cancel);
        team.Clock.Advance(TimeSpan.FromHours(1));
        await deployments.NoteAsync("bbb", "1.1.0", Cancel);
        team.Clock.Advance(TimeSpan.FromHours(1));
        await DecideAsync(team, minutes: 55, escalated: 0.6);

        var found = await ExpectAsync(team, "deployment", TriageAction.Rollback, "changes.deployment");
        Assert.Contains("without a roll-out", found.Advice, StringComparison.Ordinal);
        var (incident, _) = await NewAsync(team);
        var (done, text) = await team.Incidents.ActAsync(incident, TriageAction.Rollback, "Ann Lee", "", Cancel);
        Assert.False(done);
        Assert.Contains("deploy the one of before", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_wrong()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.CountAsync(TallyFigure.Breached("first_reply"), 10, 5);
        await team.SeeAsync(new SeriesPoint(SeriesNames.ClockOff, 7_200));

        await ExpectAsync(team, "clock_wrong", TriageAction.HandToPerson, "machine");
    }

    [Fact]
    public async Task Each_is_a_record_that_can_be_exported()
    {
        await using var team = await StagedTeam.StartAsync();
        await team.SeeAsync(new SeriesPoint(SeriesNames.BreakerOpen, 1, "a|b/c"));
        await team.RoundsAsync(1);
        var (id, _) = await NewAsync(team);
        Assert.Null(await team.Incidents.NoteAsync(id, "Ann Lee", "called the provider", Cancel));
        Assert.NotNull(await team.Incidents.NoteAsync(id, "Ann Lee", " ", Cancel));
        Assert.NotNull(await team.Incidents.NoteAsync("i_none", "Ann Lee", "x", Cancel));
        Assert.True(await team.Incidents.CloseAsync(id, "Ann Lee", Cancel));
        Assert.False(await team.Incidents.CloseAsync(id, "Ann Lee", Cancel));

        var report = new IncidentReports(team.Database, team.Versions).Of(id)!;

        Assert.Contains("## Cause: provider_down", report, StringComparison.Ordinal);
        Assert.Contains("called the provider", report, StringComparison.Ordinal);
        Assert.Contains("breaker_open: ", report, StringComparison.Ordinal);
        Assert.Contains(@"a\|b/c", report, StringComparison.Ordinal);
        Assert.Null(new IncidentReports(team.Database, team.Versions).Of("i_none"));
    }

    private static Task<TriageCheck> ExpectAsync(
        StagedTeam team, string cause, TriageAction action, string check)
    {
        var result = team.Triage.Triage(team.Now);
        var found = result.Found;
        Assert.True(found?.Cause == cause, $"{cause} was staged, {result.Result} found: "
            + string.Join("; ", result.Checks.Select(c => $"{c.Name} {c.Severity}: {c.Evidence}")));
        Assert.Equal((action, check), (found!.Action, found.Name));
        var json = JsonNode.Parse(result.ToJson().ToJsonString())!;
        Assert.Equal(cause, (string?)json["result"]);
        Assert.Equal(result.Checks.Count, json["checks"]!.AsArray().Count);
        return Task.FromResult(found);
    }

    private static async Task<(string Id, TriageResult Result)> NewAsync(StagedTeam team)
    {
        var (incident, result) = (await team.Incidents.TriageAsync(team.Now, null, "Ann Lee", Cancel))!.Value;
        return (incident.Id, result);
    }

    private static async Task DecideAsync(StagedTeam team, int minutes, double escalated, double times = 1)
    {
        await team.CountAsync(TallyFigure.Ticket, minutes, times);
        await team.CountAsync(TallyFigure.Decision, minutes, times);
        await team.CountAsync(TallyFigure.HandedOver, minutes, times * escalated);
        await team.CountAsync(TallyFigure.Judged, minutes, times * escalated);
    }

    /// <summary>Two versions that decide otherwise, the second since now.</summary>
    private static async Task<(string Good, string Bad)> ChangePlaybookAsync(StagedTeam team)
    {
        var good = team.Playbooks.Folder;
        var bad = Threshold("0.99");
        await team.Versions.ProposeAsync("here", good, Cancel);
        await team.Versions.ProposeAsync("here", bad, Cancel);
        return (good.Playbook.Version, bad.Playbook.Version);
    }

    private static Baton.Playbooks.LoadedPlaybook.Valid Threshold(string value) =>
        (Baton.Playbooks.LoadedPlaybook.Valid)new PlaybookFiles()
            .Replace("playbook.yaml", "triage_confidence: 0.70", "triage_confidence: " + value).Load();
}
