using System.CommandLine;
using Baton.Playbooks.Alerts;
using Baton.Server.Cli.Acting;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Evaluating;
using Baton.Server.Cli.Knowing;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Operating;
using Baton.Server.Cli.Watching;

namespace Baton.Server.Tests.OnCall;

/// <summary>Each alert has a runbook, and the commands in it exist.</summary>
public sealed class RunbookTests(ServerFixture server)
{
    private const string Program = "./baton ";

    private string Folder => Path.GetFullPath(
        Path.Combine(server.Playbook, "..", "..", "docs", "operating", "alerts"));

    [Fact]
    public void Every_alert_has_one_with_its_first_three_commands()
    {
        var verbs = new Command("baton")
        {
            AlertsCommand.Command(), IncidentCommand.Command(), DrillCommand.Command(), KillSwitchCommand.Command(),
            AutonomyCommand.Command(), JobsCommand.Command(), ChannelsCommand.Command(), DbCommand.Command(),
            LedgerCommand.Command(ReadTables.All), PlaybookCommand.Command(), ToolsCommand.Command(),
            CostCommand.Command(), EvalCommand.Command(), KnowledgeCommand.Command(), PeopleCommand.Command(),
            VirtualKeysCommand.Command(),
        };

        Assert.Equal(AlertCatalog.All.Select(r => r.Name + ".md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(AlertCatalog.All, rule =>
        {
            var lines = File.ReadAllLines(Path.Combine(Folder, rule.Name + ".md"));
            var commands = lines.Where(l => l.StartsWith(Program, StringComparison.Ordinal)).ToList();
            Assert.Equal(("# " + rule.Title, 3), (lines[0], commands.Count));
            Assert.All(commands, command =>
                Assert.Empty(verbs.Parse(command[Program.Length..]).Errors.Select(e => $"{rule.Name}: {command}: {e.Message}")));
        });
    }

    [Fact]
    public void The_page_of_alerts_names_them_all()
    {
        var page = File.ReadAllText(Path.Combine(Folder, "..", "alerts.md"));

        Assert.Empty(AlertCatalog.All.Where(r => !page.Contains($"[`{r.Name}`](alerts/{r.Name}.md)",
            StringComparison.Ordinal)).Select(r => r.Name));
    }
}
