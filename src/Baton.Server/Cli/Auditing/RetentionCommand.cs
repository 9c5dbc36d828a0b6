using System.CommandLine;
using System.Text.Json;
using Baton.Audit.Keeping;
using Baton.Conversations.RawTexts;
using Baton.Playbooks;
using Baton.Server.Cli.Watching;

namespace Baton.Server.Cli.Auditing;

/// <summary><c>baton retention show|run|hold</c>: how long data is kept, and what may not be erased.</summary>
internal static class RetentionCommand
{
    private static string By => "cli:" + Environment.UserName;

    public static Command Command() => new("retention", "How long each kind of data is kept, and what may not be erased.")
    {
        Show(), Run(), Hold(),
    };

    private static Command Show()
    {
        var (json, playbook) = (new Option<bool>("--json") { Description = "As JSON." }, Places.Playbook());
        var command = new Command("show", "Every kind with its time, what is due, the last run, and the holds.")
        {
            DatabaseFile.Option, playbook, json,
        };
        command.SetAction((arguments, _) => CliError.Guard(() => WatchingHost.RunAsync(arguments, playbook, host =>
        {
            var (kinds, holds) = (host.Get<RetentionRun>().Look(), host.Get<LegalHolds>().List());
            if (arguments.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new
            {
                kinds = kinds.Select(k => new
                {
                    kind = EnumWords.Of(k.Kind), days = k.Kept?.TotalDays, due = k.Due, ran_at = k.RanAt,
                    erased = k.Erased,
                }),
                holds = holds.Select(h => new
                {
                    scope = EnumWords.Of(h.Scope), name = h.Name, by = h.By, why = h.Why, since = h.Since,
                }),
            }));
            else
            {
                foreach (var kind in kinds) Console.WriteLine(Said(kind));
                foreach (var hold in holds)
                    TerminalText.WriteLine($"held: {EnumWords.Of(hold.Scope)} {hold.Name} since {hold.Since:u} by {hold.By}: {hold.Why}");
            }
            return Task.FromResult(0);
        })));
        return command;
    }

    private static Command Run()
    {
        var (dry, playbook) = (
            new Option<bool>("--dry-run") { Description = "Say what is due and erase nothing." }, Places.Playbook());
        var command = new Command("run", "Erase what is due now, as the schedule does every night.")
        {
            DatabaseFile.Option, playbook, dry,
        };
        command.SetAction((arguments, token) => CliError.Guard(() => WatchingHost.RunAsync(arguments, playbook,
            async host =>
        {
            var run = host.Get<RetentionRun>();
            if (arguments.GetValue(dry)) foreach (var kind in run.Look()) Console.WriteLine(Said(kind));
            else foreach (var (kind, erased) in await run.RunAsync(By, token))
                Console.WriteLine($"{EnumWords.Of(kind)}: {erased:N0} erased");
            return 0;
        })));
        return command;
    }

    private static Command Hold()
    {
        var (ticket, customer, why, off, playbook) = (
            new Option<string>("--ticket") { Description = "Id of a ticket." },
            new Option<string>("--customer") { Description = "Id of a customer." },
            new Option<string>("--why") { Description = "Reason, for the record.", Required = true },
            new Option<bool>("--off") { Description = "Lift it." }, Places.Playbook());
        var command = new Command("hold", "Let nothing of a ticket or a customer be erased, until it is lifted.")
        {
            ticket, customer, why, off, DatabaseFile.Option, playbook,
        };
        command.SetAction((arguments, token) => CliError.Guard(() => WatchingHost.RunAsync(arguments, playbook,
            async host =>
        {
            var (one, all) = (arguments.GetValue(ticket), arguments.GetValue(customer));
            if (one is null == all is null) throw new CliError("name one of --ticket ID and --customer ID");
            var on = !arguments.GetValue(off);
            if (await host.Get<LegalHolds>().SetAsync(on, one is null ? HoldScope.Customer : HoldScope.Ticket,
                one ?? all!, By, arguments.GetValue(why)!, token) is { } problem) throw new CliError(problem);
            TerminalText.WriteLine($"{one ?? all}: {(on ? "held" : "no longer held")}");
            return 0;
        })));
        return command;
    }

    private static string Said(KeptKind kind) =>
        $"{EnumWords.Of(kind.Kind),-12} {(kind.Kept is { } time ? $"{time.TotalDays:0} days" : "kept"),-10} {kind.Due,8:N0} due"
        + (kind.RanAt is { } ran ? $"; last run {ran:u}, {kind.Erased:N0} erased" : "; not run yet");
}
