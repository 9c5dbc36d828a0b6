using System.CommandLine;
using Baton.Evaluation.Judging;
using Baton.Evaluation.Results;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary><c>baton eval diff</c>: two kept runs, ticket by ticket.</summary>
internal static class EvalDiff
{
    public static Command Command()
    {
        var before = new Argument<string>("before") { Description = "Id of a kept run; `eval history` lists them." };
        var after = new Argument<string>("after") { Description = "Id of the other." };
        var command = new Command("diff", "Tickets that came out differently in two kept runs.")
        {
            before, after, DatabaseFile.Option,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var results = new EvaluationResults(database);
            var (one, other) = (Known(results, parsed.GetValue(before)!), Known(results, parsed.GetValue(after)!));
            var changed = results.Changed(one.Id, other.Id);
            foreach (var (ticket, was, now) in changed)
                TerminalText.WriteLine($"{(now.Good == was.Good ? " " : now.Good ? "+" : "-")} {ticket}  due {was.Due}: "
                    + $"{was.Got} ({was.Answer}) → {now.Got} ({now.Answer})");
            Console.WriteLine($"{changed.Count} tickets differ: {changed.Count(c => c.After.Good && !c.Before.Good)} better, "
                + $"{changed.Count(c => !c.After.Good && c.Before.Good)} worse");
            var anchors = AnchorFigures.ScoresIn(other.Figures);
            foreach (var (criterion, scores) in AnchorFigures.ScoresIn(one.Figures))
                if (anchors.TryGetValue(criterion, out var then))
                    TerminalText.WriteLine($"judge {criterion}: drift of "
                        + AnchorFigures.Drift(scores, then, Parted(one, other, $"judge_{criterion}")));
            return 0;
        }));
        return command;
    }

    /// <summary>The intervals of a figure have nothing in common.</summary>
    private static bool Parted(KeptRun one, KeptRun other, string metric) =>
        one.Figure(metric) is { } a && other.Figure(metric) is { } b && (a.High < b.Low || b.High < a.Low);

    private static KeptRun Known(EvaluationResults results, string id) => results.Find(id)
        ?? throw new CliError($"no run is called '{id}'; `baton eval history` lists them");
}
