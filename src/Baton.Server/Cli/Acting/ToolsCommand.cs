using System.CommandLine;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Spectre.Console;

namespace Baton.Server.Cli.Acting;

/// <summary><c>baton tools …</c>: what agents may call, tried without a ticket.</summary>
internal static class ToolsCommand
{
    public static Command Command() => new("tools", "What agents may call: list, check, try, import, accept.")
    {
        List(), Check(), ToolsTry.Verb(), ToolsImport.Verb(), ToolsAccept.Verb(),
    };

    private static Command List()
    {
        var playbook = Places.Playbook();
        var command = new Command("list", "Every tool, its risk, its limits, and which agents hold its scope.") { playbook };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(
            Print(PlaybookCommand.Load(parsed.GetValue(playbook)!)))));
        return command;
    }

    private static Command Check()
    {
        var playbook = Places.Playbook();
        var command = new Command("check", "Say what is open or missing about tools and agents; 1 when something is.")
        {
            playbook,
        };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(
            Findings(PlaybookCommand.Load(parsed.GetValue(playbook)!)))));
        return command;
    }

    private static int Print(Playbook playbook)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("tool").NoWrap()).AddColumns("risk", "scope", "agents", "by", "limits", "approval");
        foreach (var tool in playbook.Tools)
            table.AddRow(
                tool.Name, EnumWords.Of(tool.Risk), tool.Scope, Markup.Escape(Holders(playbook, tool)),
                Markup.Escape(By(tool)), Markup.Escape(Limits(tool)),
                (tool.Confirm is null ? "" : "the customer's yes; ") + (tool.Approval is not { } asks ? ""
                    : (asks.Above is { } above ? $"over {above:0.##}, " : "always, ") + asks.Role
                        + (asks.FourEyes ? ", two people" : "")));
        AnsiConsole.Write(table);
        return 0;
    }

    private static string Holders(Playbook playbook, Tool tool) =>
        string.Join(", ", playbook.Agents.Where(a => a.Scopes.Contains(tool.Scope)).Select(a => a.Name));

    private static string By(Tool tool) => tool.Mcp is { } mcp ? $"mcp {mcp.Server.Name}"
        : tool.Builtin is { } name ? $"built in: {name}" : tool.Method;

    private static string Limits(Tool tool)
    {
        var limits = tool.Limits;
        IEnumerable<string> All()
        {
            if (limits.PerCall is { } call) yield return $"{call:0.##} a call";
            if (limits.PerTicket.Count is { } count) yield return $"{count} a ticket";
            if (limits.PerCustomerDay.Count is { } customer) yield return $"{customer} a customer and day";
            if (limits.PerDay.Amount is { } day) yield return $"{day:0.##} a day";
        }
        return string.Join(", ", All());
    }

    private static int Findings(Playbook playbook)
    {
        List<string> findings = [];
        foreach (var tool in playbook.Tools)
        {
            if (Holders(playbook, tool).Length == 0 && !playbook.Intents.Any(i => i.Tool == tool.Name)
                && !playbook.Tools.Any(t => t.Lookups.Any(l => l.Tool == tool.Name) || t.Reconcile?.Tool == tool.Name))
                findings.Add($"{tool.Name}: no agent holds {tool.Scope}, so nobody can call it");
            if (!tool.HasEffect) continue;
            if (tool.Preconditions.Count == 0)
                findings.Add($"{tool.Name}: changes something under no condition; write preconditions");
            if (tool.OutputSchema is null)
                findings.Add($"{tool.Name}: any answer counts as done; write output_schema");
            if (tool.Receipt.Reference is null)
                findings.Add($"{tool.Name}: nothing proves what it did; write receipt: {{ reference: … }}");
            if (tool is { Idempotent: false, Reconcile: null })
                findings.Add($"{tool.Name}: a lost answer needs a person; write idempotency_key or reconcile");
        }
        foreach (var agent in playbook.Agents)
            foreach (var scope in agent.Scopes.Where(s => playbook.Tools.All(t => t.Scope != s)))
                findings.Add($"agent {agent.Name}: holds {scope}, which no tool has");
        foreach (var finding in findings) TerminalText.WriteLine(finding);
        Console.WriteLine(findings.Count == 0
            ? $"{playbook.Tools.Count} tools and {playbook.Agents.Count} agents: nothing open"
            : $"{findings.Count} to look at");
        return findings.Count == 0 ? 0 : 1;
    }
}
