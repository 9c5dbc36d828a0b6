using System.CommandLine;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;
using Baton.Server.Cli.Learning;
using Spectre.Console;

namespace Baton.Server.Cli.Deciding;

/// <summary><c>baton playbook …</c>: check a playbook, show what it says, list what rules may ask; versions.</summary>
internal static class PlaybookCommand
{
    private static readonly Argument<string> Directory =
        new("DIR") { Description = "The folder that holds playbook.yaml." };

    public static Command Command()
    {
        var check = new Command(
            "check", "Print every problem as file:line: what is wrong and how to fix it.") { Directory };
        check.SetAction((arguments, _) => CliError.Guard(() => Task.FromResult(Check(arguments.GetValue(Directory)!))));
        var show = new Command("show", "Print what a playbook holds.") { Directory };
        show.SetAction((arguments, _) => CliError.Guard(() => Task.FromResult(Show(arguments.GetValue(Directory)!))));
        var fields = new Command("fields", "List the fields that rule conditions may use.");
        fields.SetAction(_ => Fields());
        var triggers = new Command("triggers", "List the triggers, what each is held against and what it stops.");
        triggers.SetAction(_ => Triggers());
        return new Command("playbook", "Check and show playbooks, and say which version is in force.")
        {
            check, fields, show, triggers, PlaybookVersionVerbs.History(), PlaybookVersionVerbs.Activate(),
            PlaybookVersionVerbs.Rollback(), CollisionsCommand.Command(),
        };
    }

    /// <summary>The playbook of a folder; problems are printed and end the command.</summary>
    /// <exception cref="CliError">The folder is not a valid playbook.</exception>
    /// <param name="models">File to take for the playbook's models.yaml; null takes its own.</param>
    public static Playbook Load(string directory, string? models = null)
    {
        var loaded = PlaybookLoader.Load(directory, modelsFile: models);
        if (loaded is LoadedPlaybook.Valid valid) return valid.Playbook;
        var problems = ((LoadedPlaybook.Invalid)loaded).Problems;
        foreach (var problem in problems) TerminalText.WriteErrorLine(Located(directory, problem));
        throw new CliError($"{directory} is not a valid playbook: {Count(problems.Count, "problem")}");
    }

    private static int Check(string directory)
    {
        var loaded = PlaybookLoader.Load(directory);
        foreach (var warning in loaded.Warnings) Console.WriteLine($"{Located(directory, warning)} (warning)");
        if (loaded is LoadedPlaybook.Valid valid)
        {
            var warnings = loaded.Warnings.Count == 0 ? "" : $", {Count(loaded.Warnings.Count, "warning")}";
            Console.WriteLine($"{valid.Playbook.Name} is valid{warnings}. Version {valid.Playbook.Version}");
            foreach (var line in ModelCheck.Of(valid.Playbook)) TerminalText.WriteLine(line);
            return 0;
        }
        var problems = ((LoadedPlaybook.Invalid)loaded).Problems;
        foreach (var problem in problems) TerminalText.WriteLine(Located(directory, problem));
        Console.WriteLine(Count(problems.Count, "problem"));
        return 1;
    }

    private static int Show(string directory)
    {
        var playbook = Load(directory);
        Console.WriteLine($"{playbook.Name} ({playbook.Brand.Name}, {playbook.Brand.TimeZone}), version {playbook.Version}");
        Console.WriteLine($"{playbook.Articles.Count} articles, {playbook.Tools.Count} tools, {playbook.SkipRules.Count} skip rules");
        var intents = new Table().Border(TableBorder.Simple).AddColumns("intent", "class", "examples", "about");
        foreach (var intent in playbook.Intents.OrderBy(i => i.Class).ThenBy(i => i.Name, StringComparer.Ordinal))
            intents.AddRow(Cells(
                intent.Name, EnumWords.Of(intent.Class), $"{intent.Examples.Count}", intent.Description));
        var rules = new Table().Border(TableBorder.Simple).AddColumns("rule", "when", "then");
        foreach (var rule in playbook.Rules) rules.AddRow(Cells(rule.Name, rule.When.Text, Outcome(rule.Then)));
        var queues = new Table().Border(TableBorder.Simple).AddColumns("queue", "zone", "fallback", "about");
        foreach (var queue in playbook.Queues)
            queues.AddRow(Cells(queue.Name, queue.TimeZone.Id, queue.Fallback ?? "–", queue.Description));
        foreach (var table in new[] { intents, rules, queues }) AnsiConsole.Write(table);
        return 0;
    }

    private static int Fields()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("field", "kind", "meaning");
        foreach (var field in RuleFields.All)
            table.AddRow(Cells(field.Name, EnumWords.Of(field.Kind), field.Description));
        AnsiConsole.Write(table);
        return 0;
    }

    private static int Triggers()
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("trigger", "fires when", "threshold: default, range", "phrases", "stops automation");
        foreach (var row in TriggerCatalog.All)
            table.AddRow(Cells(row.Name, row.What, row.ThresholdText, row.TakesPhrases ? "yes" : "",
                row.StopsAutomation ? "yes" : ""));
        AnsiConsole.Write(table);
        return 0;
    }

    private static string Outcome(RuleOutcome then)
    {
        string?[] parts =
        [
            then.Route is { } route ? EnumWords.Of(route) : null,
            then.Priority is { } priority ? EnumWords.Of(priority) : null,
            then.Queue is { } queue ? $"queue {queue}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string[] Cells(params string[] texts) => [.. texts.Select(Markup.Escape)];

    private static string Located(string directory, PlaybookProblem problem) =>
        (problem with { File = Path.Combine(directory, problem.File) }).ToString();

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
