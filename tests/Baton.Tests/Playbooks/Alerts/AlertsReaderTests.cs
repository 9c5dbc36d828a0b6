using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Testing;

namespace Baton.Tests.Playbooks.Alerts;

public sealed class AlertsReaderTests
{
    [Fact]
    public void Without_the_file_every_alert_has_its_defaults() =>
        Assert.Equal(AlertCatalog.All, new PlaybookFiles().Playbook().Alerts.Rules);

    [Fact]
    public void Changes_what_it_names_and_decides_nothing()
    {
        var plain = new PlaybookFiles().Playbook();
        var changed = new PlaybookFiles().With("alerts.yaml",
            "notify: [slack]\ngroup_every: 10m\nalerts: { disk: { above: 0.8, severity: notice } }\n").Playbook();

        Assert.Equal(plain.Version, changed.Version);
        Assert.Equal((0.8, AlertSeverity.Notice),
            changed.Alerts.Rules.Where(r => r.Name == "disk").Select(r => (r.Above, r.Severity)).Single());
        Assert.Equal((TimeSpan.FromMinutes(10), "slack"), (changed.Alerts.GroupEvery, changed.Alerts.Notify[0]));
    }

    [Fact]
    public void A_digest_comes_at_seven_where_the_playbook_is_unless_it_says_otherwise()
    {
        var usual = new PlaybookFiles().With("alerts.yaml", "digest: {}\n").Playbook().Alerts.Digest!;
        Assert.Equal(("0 7 * * *", "30 7 * * 1"), (usual.Daily, usual.Weekly));
        Assert.Empty(usual.To);

        var said = new PlaybookFiles().With("alerts.yaml",
            "digest: { daily: never, zone: Asia/Tokyo, to: [slack], mail: [a@example.com] }\n").Playbook().Alerts.Digest!;
        Assert.Equal((null, "Asia/Tokyo", "slack", "a@example.com"), (said.Daily, said.Zone, said.To[0], said.Mail[0]));
        Assert.Null(new PlaybookFiles().Playbook().Alerts.Digest);
    }

    [Theory]
    [InlineData("alerts: { escalation_rat: { above: 2 } }", "unknown alert 'escalation_rat'; did you mean 'escalation_rate'?")]
    [InlineData("alerts: { disk: { abov: 2 } }", "unknown field 'abov'")]
    [InlineData("alerts: { escalation_rate: { above: 1 } }", "a multiple of what is usual; write more than 1")]
    [InlineData("alerts: { disk: { severity: loud } }", "'severity' cannot be 'loud'")]
    [InlineData("maintenance: [{ for: 1h, why: x }]", "write either 'cron: 0 3 * * 0' or 'from:")]
    [InlineData("maintenance: [{ cron: often, for: 1h, why: x }]", "'often' is no cron line")]
    [InlineData("maintenance: [{ cron: 0 3 * * 0, why: x }]", "missing field 'for'")]
    [InlineData("maintenance: [{ from: soon, for: 1h, why: x }]", "'from' is 'soon', no time")]
    [InlineData("maintenance: [{ cron: 0 3 * * 0, zone: Mars, for: 1h, why: x }]", "'Mars' is no time zone")]
    [InlineData("digest: { daily: mornings }", "'daily' is 'mornings', no cron line that ever comes")]
    [InlineData("digest: { weekly: 0 0 31 2 * }", "no cron line that ever comes")]
    [InlineData("digest: { mail: [ann] }", "'ann' is no e-mail address")]
    [InlineData("digest: { zone: Mars }", "'Mars' is no time zone")]
    [InlineData("digest: { too: [slack] }", "unknown field 'too'")]
    public void Says_what_is_wrong(string text, string problem)
    {
        var loaded = Assert.IsType<LoadedPlaybook.Invalid>(new PlaybookFiles().With("alerts.yaml", text + "\n").Load());

        Assert.Contains(loaded.Problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
    }
}
