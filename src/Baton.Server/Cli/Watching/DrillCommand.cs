using System.CommandLine;
using Baton.Incidents.Drilling;
using Baton.Storage;

namespace Baton.Server.Cli.Watching;

/// <summary><c>baton drill kill-switch|provider-down|restore|list</c>.</summary>
internal static class DrillCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON." };

    public static Command Command() => new("drill", "Rehearse what must work at night, on a copy that nobody depends on.")
    {
        Site(Drills.KillSwitch, "Stop automation in the middle of a wave, and measure how long anything goes on.",
            DrillRuns.KillSwitchAsync),
        Site(Drills.ProviderDown, "Take every provider of models away in the middle of a wave: no ticket is lost.",
            DrillRuns.ProviderDownAsync),
        RestoreVerb(), ListVerb(),
    };

    private static Command Site(
        string name, string what, Func<string, string?, CancellationToken, Task<Drill>> run)
    {
        var (playbook, models) = (Places.Playbook(), Places.Models());
        var command = new Command(name, what) { playbook, models, DatabaseFile.Option, Json };
        command.SetAction((parsed, token) => CliError.Guard(async () => await ReportAsync(
            parsed, await run(parsed.GetValue(playbook)!, parsed.GetValue(models), token), token)));
        return command;
    }

    private static Command RestoreVerb()
    {
        var command = new Command(Drills.Restore, "Copy the database, open the copy, and verify it.")
        {
            DatabaseFile.Option, Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            Drill drill;
            await using (var database = DatabaseFile.Open(parsed)) drill = await DrillRuns.RestoreAsync(database);
            return await ReportAsync(parsed, drill, token);
        }));
        return command;
    }

    private static Command ListVerb()
    {
        var command = new Command("list", "Drills that were made, newest first, and those that are due.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            foreach (var drill in database.Read(c => Drills.List(c, 50)))
                Console.WriteLine($"{drill.At:u}  {drill.Name,-14} {(drill.Passed ? "passed" : "FAILED")}  {drill.Report.ToJsonString()}");
            foreach (var due in database.Read(c => DrillReminder.Due(c, database.Clock.GetUtcNow())))
                Console.WriteLine($"due: {due} was not made for a quarter");
            return 0;
        }));
        return command;
    }

    /// <summary>Kept where there is a database, so that the console shows it and nobody is reminded.</summary>
    private static async Task<int> ReportAsync(ParseResult arguments, Drill drill, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(DatabaseFile.Option)!;
        if (DatabaseFile.Exists(path))
        {
            await using var database = Database.Open(DatabaseFile.Named(path), TimeProvider.System);
            await database.WriteAsync(transaction => Drills.Add(transaction, drill), cancellationToken);
        }
        if (arguments.GetValue(Json)) Console.WriteLine(drill.Report.ToJsonString());
        else
            foreach (var (name, value) in drill.Report) Console.WriteLine($"{name.Replace('_', ' '),-28} {value}");
        return drill.Passed ? 0 : 1;
    }
}
