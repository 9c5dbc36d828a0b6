using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Baton.Incidents.Triaging;
using Baton.Playbooks;

namespace Baton.Server.Cli.Watching;

/// <summary><c>baton incident triage|list|act|note|close|export</c>.</summary>
internal static class IncidentCommand
{
    /// <summary>Single minutes are kept for eight days, and a day before is looked at.</summary>
    private static readonly TimeSpan MostAgo = TimeSpan.FromDays(7);

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who does it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
    };

    public static Command Command() => new("incident", "Find out what is wrong, act, and keep a record of it.")
    {
        TriageVerb(), ListVerb(), ActVerb(), NoteVerb(), CloseVerb(), ExportVerb(),
    };

    private static Command TriageVerb()
    {
        var playbook = Places.Playbook();
        var at = new Option<string?>("--at") { Description = "The moment to look at, as 2026-11-30T02:00:00Z. Default now." };
        var incident = new Option<string?>("--incident") { Description = "Keep it in this incident. Default a new one." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var dry = new Option<bool>("--dry") { Description = "Look only, and keep no record." };
        var command = new Command("triage", "Look at what may be the cause, in order; the first one found ends it.")
        {
            at, incident, json, dry, By, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var now = host.Database.Clock.GetUtcNow();
            var moment = Time(parsed.GetValue(at)) ?? now;
            if (moment > now || now - moment > MostAgo)
                throw new CliError($"--at {moment:u}: use a moment of the last 7 days; minutes are not kept for longer");
            TriageResult result;
            string? id = null;
            if (parsed.GetValue(dry)) result = host.Get<TriageReader>().Triage(moment);
            else
            {
                if (await host.Get<IncidentDesk>().TriageAsync(
                    moment, parsed.GetValue(incident), parsed.GetValue(By)!, token) is not var (kept, found))
                    throw new CliError($"there is no incident '{parsed.GetValue(incident)}': baton incident list");
                (result, id) = (found, kept.Id);
            }
            Show(result, id, parsed.GetValue(json));
            return 0;
        })));
        return command;
    }

    private static Command ListVerb()
    {
        var playbook = Places.Playbook();
        var command = new Command("list", "Incidents, newest first.") { DatabaseFile.Option, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, host =>
        {
            foreach (var incident in host.Database.Read(c => IncidentStore.List(c, 50)))
                Console.WriteLine($"{incident.Id}  {incident.OpenedAt:u}  {(incident.ClosedAt is null ? "open  " : "closed")}  {TerminalText.Clean(incident.Title)}");
            return Task.FromResult(0);
        })));
        return command;
    }

    private static Command ActVerb()
    {
        var (id, playbook) = (Id(), Places.Playbook());
        var action = new Argument<string>("action") { Description = string.Join(", ", EnumWords.All<TriageAction>()) + "." };
        var why = new Option<string>("--why") { Description = "Reason, for the record.", DefaultValueFactory = _ => "" };
        var yes = new Option<bool>("--yes") { Description = "Do it without asking." };
        var command = new Command("act", "Take an action: the version of before, stop automation, or give it to people.")
        {
            id, action, why, yes, By, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var word = parsed.GetValue(action)!;
            var wanted = EnumWords.Find<TriageAction>(word)
                ?? throw new CliError($"'{word}' is no action: use {string.Join(", ", EnumWords.All<TriageAction>())}");
            if (!parsed.GetValue(yes) && !Confirmed(word)) throw new CliError("nothing was done");
            var (done, text) = await host.Get<IncidentDesk>().ActAsync(
                parsed.GetValue(id)!, wanted, parsed.GetValue(By)!, parsed.GetValue(why)!, token);
            if (!done) throw new CliError(text);
            Console.WriteLine(text);
            return 0;
        })));
        return command;
    }

    private static Command NoteVerb()
    {
        var (id, playbook) = (Id(), Places.Playbook());
        var text = new Argument<string>("text") { Description = "What was seen or decided." };
        var command = new Command("note", "Add to the record.") { id, text, By, DatabaseFile.Option, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
            await host.Get<IncidentDesk>().NoteAsync(
                parsed.GetValue(id)!, parsed.GetValue(By)!, parsed.GetValue(text)!, token) is { } problem
                ? throw new CliError(problem) : 0)));
        return command;
    }

    private static Command CloseVerb()
    {
        var (id, playbook) = (Id(), Places.Playbook());
        var command = new Command("close", "Say that it is over.") { id, By, DatabaseFile.Option, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
            await host.Get<IncidentDesk>().CloseAsync(parsed.GetValue(id)!, parsed.GetValue(By)!, token)
                ? 0 : throw new CliError($"'{parsed.GetValue(id)}' is no open incident: baton incident list"))));
        return command;
    }

    private static Command ExportVerb()
    {
        var (id, playbook) = (Id(), Places.Playbook());
        var command = new Command("export", "The record as Markdown, for the review.") { id, DatabaseFile.Option, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, host =>
        {
            Console.Write(host.Get<IncidentReports>().Of(parsed.GetValue(id)!)
                ?? throw new CliError($"there is no incident '{parsed.GetValue(id)}': baton incident list"));
            return Task.FromResult(0);
        })));
        return command;
    }

    private static void Show(TriageResult result, string? incident, bool json)
    {
        if (json)
        {
            var node = result.ToJson();
            node["incident"] = incident;
            Console.WriteLine(node.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            return;
        }
        foreach (var check in result.Checks)
            Console.WriteLine($"{EnumWords.Of(check.Severity),-9}{check.Name,-21}{TerminalText.Clean(check.Evidence)}"
                + (check.RulesOut is { } rules ? $" ⇒ {rules}" : ""));
        Console.WriteLine();
        Console.WriteLine($"{result.Result}{(result.Found is { } found ? $": {found.Advice}" : "")}");
        foreach (var next in result.Next) Console.WriteLine($"look at: {TerminalText.Clean(next)}");
        if (result.Found?.Action is { } action && incident is not null)
            Console.WriteLine($"to do it: baton incident act {incident} {EnumWords.Of(action)}");
    }

    private static bool Confirmed(string action)
    {
        Console.Write($"{action}: do it now? Write yes: ");
        return string.Equals(Console.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
        : throw new CliError($"--at '{text}' is no time: write 2026-11-30T02:00:00Z");

    private static Argument<string> Id() => new("incident") { Description = "Id of the incident." };
}
