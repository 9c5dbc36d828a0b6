using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Learning;

/// <summary>
/// <c>baton suggestions find|list|accept|reject|patch</c>: what people's work speaks for adding to the playbook, and
/// the accepted ones as a patch.
/// </summary>
internal static class SuggestionsCommand
{
    private const int MostListed = 1_000;

    private static readonly Argument<string> Id = new("id") { Description = "Of the suggestion." };

    private static readonly Option<string?> Text = new("--text") { Description = "Add this instead of what was found." };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who decided it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
    };

    private static readonly Option<string?> Verdict = new("--verdict")
    {
        Description = "open, accepted or rejected (default: open).", DefaultValueFactory = _ => SuggestionStore.Open,
    };

    private static readonly Option<bool> Unmeasured = new("--unmeasured")
    {
        Description = "Also where the playbook has no golden tickets.",
    };

    public static Command Command() => new(
        "suggestions", "What people's work speaks for adding to the playbook: utterances, questions, text.")
    {
        Find(), List(), Decide("accept", SuggestionStore.Accepted, "Accept one, as it is or with --text."),
        Decide("reject", SuggestionStore.Rejected, "Reject one; it is not found again."), Patch(),
    };

    private static Command Find()
    {
        var command = new Command("find", "Look through the newest tickets for suggestions.")
        {
            LearningVerbs.Playbook, DatabaseFile.Option, LearningVerbs.Days,
        };
        command.SetAction((parsed, token) => LearningVerbs.RunAsync(parsed, async (learning, days, store) =>
        {
            var made = await learning.SuggestAsync(days, token);
            Console.WriteLine($"{made} new; {store.List(SuggestionStore.Open, MostListed).Count} are open");
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List suggestions, the one that most tickets speak for first.")
        {
            DatabaseFile.Option, Verdict, MeasureCommand.Json,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var found = LearningVerbs.Store(database).List(parsed.GetValue(Verdict), MostListed);
            if (parsed.GetValue(MeasureCommand.Json))
            {
                Console.WriteLine(new JsonArray([.. found.Select(f => Json(f))]).ToJsonString(FiguresView.Indented));
                return 0;
            }
            foreach (var (suggestion, verdict, by, _) in found)
                TerminalText.WriteLine($"{suggestion.Id}  {EnumWords.Of(suggestion.Kind),-8} {suggestion.Target}: {suggestion.Text}\n"
                    + $"              {suggestion.Why}, {suggestion.Tickets.Count} tickets{(by is null ? "" : $"; {verdict} by {by}")}");
            if (found.Count == 0) Console.WriteLine("none");
            return 0;
        }));
        return command;
    }

    private static JsonObject Json(StoredSuggestion stored)
    {
        var json = stored.Suggestion.ToJson();
        (json["verdict"], json["by"], json["found_at"]) = (stored.Verdict, stored.By, stored.FoundAt.ToString("O"));
        return json;
    }

    private static Command Decide(string name, string verdict, string what)
    {
        var command = new Command(name, what) { Id, DatabaseFile.Option, By };
        if (verdict == SuggestionStore.Accepted) command.Add(Text);
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var by = parsed.GetValue(By)!;
            if (!AutonomyRungs.IsName(by))
                throw new CliError($"--by '{by}' is no name: use letters, such as \"Ann Lee\"; no addresses or numbers");
            await using var database = DatabaseFile.Open(parsed);
            var text = verdict == SuggestionStore.Accepted ? parsed.GetValue(Text) : null;
            if (await LearningVerbs.Store(database).DecideAsync(parsed.GetValue(Id)!, verdict, text, by,
                token) is { } why)
                throw new CliError(why);
            Console.WriteLine($"{verdict}: {parsed.GetValue(Id)}");
            return 0;
        }));
        return command;
    }

    private static Command Patch()
    {
        var command = new Command("patch", "Print the accepted ones as a patch for git apply, tried on the golden tickets; "
            + "ends with 1 where these come out worse. The folder is not changed.")
        {
            LearningVerbs.Playbook, DatabaseFile.Option, Unmeasured,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var accepted = LearningVerbs.Store(database).List(SuggestionStore.Accepted, MostListed)
                .ConvertAll(s => s.Suggestion);
            if (accepted.Count == 0) throw new CliError("nothing is accepted; `baton suggestions list` names what is open");
            var patch = await SuggestionPatch.MakeAsync(
                parsed.GetValue(LearningVerbs.Playbook)!, accepted, parsed.GetValue(Unmeasured), token);
            foreach (var left in patch.LeftOut)
                TerminalText.WriteErrorLine($"{left.Id} is left out: where it belongs is written in a way of its own; add to "
                    + $"{left.Target}: {left.Text}");
            if (patch.Why is { } why) throw new CliError(why);
            Console.Write(patch.Diff);
            return 0;
        }));
        return command;
    }
}
