using System.CommandLine;
using System.Text.Json;
using Baton.Incidents.Alerting;
using Baton.Incidents.Judging;
using Baton.Playbooks;
using Spectre.Console;

namespace Baton.Server.Cli.Watching;

/// <summary><c>baton alerts list|check|ack|silence|test</c>.</summary>
internal static class AlertsCommand
{
    private static readonly Option<string> By = new("--by")
    {
        Description = "Who does it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
    };

    public static Command Command() => new("alerts", "What is not as usual, and who is told.")
    {
        ListVerb(), CheckVerb(), AcknowledgeVerb(), SilenceVerb(), TestVerb(),
    };

    private static Command ListVerb()
    {
        var (json, playbook) = (Json(), Places.Playbook());
        var command = new Command("list", "Every alert as it stands, and those that were raised.")
        {
            DatabaseFile.Option, playbook, json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, host =>
        {
            var now = host.Database.Clock.GetUtcNow();
            var (looks, raised, silences) = (host.Watch.Look(now), host.Database.Read(c => AlertStore.Newest(c, 20)),
                host.Database.Read(c => AlertStore.Silences(c, now)));
            if (parsed.GetValue(json)) Console.WriteLine(AlertJson.Of(looks, raised, silences).ToJsonString(
                new JsonSerializerOptions { WriteIndented = true }));
            else Show(looks, raised, silences);
            return Task.FromResult(0);
        })));
        return command;
    }

    private static Command CheckVerb()
    {
        var playbook = Places.Playbook();
        var command = new Command(
            "check", "Look at every alert now; ends with 1 when one of them holds.") { DatabaseFile.Option, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, host =>
        {
            var looks = host.Watch.Look(host.Database.Clock.GetUtcNow());
            foreach (var (rule, reading) in looks)
                Console.WriteLine($"{EnumWords.Of(reading.State),-8} {rule.Name,-18} {reading.Text}");
            return Task.FromResult(looks.Any(l => l.Reading.State == AlertState.Holds) ? 1 : 0);
        })));
        return command;
    }

    private static Command AcknowledgeVerb()
    {
        var (name, playbook) = (Name("Name or id of the alert; * for all that are open."), Places.Playbook());
        var command = new Command("ack", "Say that you look after an alert.")
        {
            name, By, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var taken = await host.Desk.AcknowledgeAsync(parsed.GetValue(name)!, parsed.GetValue(By)!, token);
            if (taken.Count == 0)
                throw new CliError($"nothing of '{parsed.GetValue(name)}' is open and without somebody: baton alerts list");
            foreach (var alert in taken) Console.WriteLine($"{alert.Name}: acknowledged by {parsed.GetValue(By)}");
            return 0;
        })));
        return command;
    }

    private static Command SilenceVerb()
    {
        var (name, playbook) = (Name("Name of the alert; * for all."), Places.Playbook());
        var length = new Option<int>("--minutes")
        {
            Description = "How long nobody is told; 0 ends a silence.", DefaultValueFactory = _ => 60,
        };
        var why = new Option<string>("--why") { Description = "Reason, for whoever is on call next.", Required = true };
        var command = new Command("silence", "Tell nobody of an alert for a while; it is raised all the same.")
        {
            name, length, why, By, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var time = TimeSpan.FromMinutes(parsed.GetValue(length));
            if (await host.Desk.SilenceAsync(
                parsed.GetValue(name)!, time, parsed.GetValue(By)!, parsed.GetValue(why)!, token) is { } problem)
                throw new CliError(problem);
            Console.WriteLine($"{parsed.GetValue(name)}: silent for {parsed.GetValue(length)} minutes");
            return 0;
        })));
        return command;
    }

    private static Command TestVerb()
    {
        var playbook = Places.Playbook();
        var command = new Command("test", "Send a test message where alerts go; the running server delivers it.")
        {
            By, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            await host.Desk.TestAsync(host.Policy, parsed.GetValue(By)!, token);
            Console.WriteLine(host.Policy.Notify is { Count: > 0 } named ? $"a test is on its way to {string.Join(", ", named)}"
                : "a test is on its way to the channel that carries notices; name others under notify in alerts.yaml");
            return 0;
        })));
        return command;
    }

    private static void Show(
        IReadOnlyList<AlertLook> looks, IReadOnlyList<RaisedAlert> raised, IReadOnlyList<AlertSilence> silences)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("alert").NoWrap()).AddColumns("state", "severity", "found");
        foreach (var (rule, reading) in looks)
            table.AddRow(rule.Name, EnumWords.Of(reading.State), EnumWords.Of(rule.Severity),
                Markup.Escape(TerminalText.Clean(reading.Text)));
        AnsiConsole.Write(table);
        foreach (var alert in raised)
            Console.WriteLine($"{alert.RaisedAt:u} {alert.Name}: {TerminalText.Clean(alert.Text)}"
                + (alert.ClearedAt is { } over ? $"; over since {over:u}" : "; open")
                + (alert.AcknowledgedBy is { } by ? $", {TerminalText.Clean(by)} looks after it" : ""));
        foreach (var silence in silences)
            Console.WriteLine($"{silence.Name}: silent until {silence.Until:u}, by {TerminalText.Clean(silence.By)}: {TerminalText.Clean(silence.Why)}");
    }

    private static Option<bool> Json() => new("--json") { Description = "As JSON." };

    private static Argument<string> Name(string what) => new("name") { Description = what };
}
