using System.CommandLine;
using System.Diagnostics;
using Baton.Channels.History;
using Baton.Playbooks;
using Baton.Privacy;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary>
/// <c>baton import</c>: the history of another system, as lines that readiness, evaluation and training read.
/// </summary>
internal static class ImportCommand
{
    public static Command Command()
    {
        var kind = new Argument<string>("kind")
        {
            Description = $"What it is: {string.Join(", ", EnumWords.All<HistorySource>())}.",
        };
        var files = new Argument<string[]>(
            "files") { Description = "Its files, in order.", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string>("--out")
        {
            Description = "The history to write.", DefaultValueFactory = _ => "history.jsonl",
        };
        var mapping = new Option<string?>("--mapping")
        {
            Description = "Where values stand, which route a team is, whose addresses are yours: docs/channels/import.md.",
        };
        var raw = new Option<bool>(
            "--raw") { Description = "Keep personal data in the texts. Default: it is taken out." };
        var again = new Option<bool>("--restart") { Description = "Begin anew, also where one was interrupted." };
        var command = new Command(
            "import", "Make a history of tickets from another system's export; nothing is answered and nothing stored here.")
        {
            kind, files, target, mapping, raw, again,
        };
        command.SetAction((parsed, cancellationToken) => CliError.Guard(() => Task.FromResult(Import(
            Kind(parsed.GetValue(kind)!), parsed.GetValue(files)!, parsed.GetValue(target)!, parsed.GetValue(mapping),
            parsed.GetValue(raw), parsed.GetValue(again), cancellationToken))));
        return command;
    }

    private static HistorySource Kind(string word) => EnumWords.Find<HistorySource>(word) ?? throw new CliError(
        $"'{word}' is no kind of export{Suggestion.Hint(word, [.. EnumWords.All<HistorySource>()])}");

    private static int Import(
        HistorySource source, string[] files, string target, string? mapping, bool raw, bool again,
        CancellationToken cancellationToken)
    {
        foreach (var file in files)
            if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        if (again) File.Delete(target + ".progress");
        try
        {
            var redactor = new Redactor();
            var import = new HistoryImport(
                mapping is null ? HistoryMapping.None : HistoryMapping.Read(mapping), raw ? null : () =>
                {
                    var places = new Placeholders();
                    return text => redactor.Redact(text, places).Text;
                });
            var watch = Stopwatch.StartNew();
            var done = Watched(tell => import.Run(source, files, target, tell, cancellationToken));
            Print(done, target, import.Unmapped, watch.Elapsed);
            return done.Unreadable > 0 ? 2 : 0;
        }
        catch (HistoryException error)
        {
            throw new CliError(error.Message);
        }
        catch (OperationCanceledException)
        {
            throw new CliError($"interrupted: the same command goes on where it was ({target}.progress)");
        }
    }

    /// <summary>How many there will be nobody knows before the end: what is shown is what is done.</summary>
    private static HistoryProgress Watched(Func<Action<HistoryProgress>, HistoryProgress> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive) return run(_ => { });
        return console.Status().Start("reading", status => run(done => status.Status(
            $"{done.Tickets:N0} tickets, {done.Messages:N0} messages, {done.Unreadable:N0} unreadable")));
    }

    private static void Print(
        HistoryProgress done, string target, SortedDictionary<string, long> unmapped, TimeSpan took)
    {
        TerminalText.WriteLine($"{target}: {done.Tickets:N0} tickets with {done.Messages:N0} messages in "
            + $"{took.TotalSeconds:0.0} s; {done.Answered:N0} were answered by people");
        TerminalText.WriteLine($"rule_route: {done.WithRuleRoute:N0}, final_route: {done.WithFinalRoute:N0}");
        if (unmapped.Count > 0)
            TerminalText.WriteLine(
                "no route for: " + string.Join(", ", unmapped.OrderByDescending(u => u.Value).Take(20)
                .Select(u => $"{u.Key} ({u.Value:N0})")) + ". Name them under `routes` of the mapping.");
        if (done.Unreadable > 0)
            TerminalText.WriteLine(
                $"{done.Unreadable:N0} records were not taken: {target}.unreadable says which and why");
    }
}
