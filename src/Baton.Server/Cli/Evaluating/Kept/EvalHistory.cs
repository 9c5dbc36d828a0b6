using System.CommandLine;
using Baton.Evaluation.Results;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary><c>baton eval history</c>: kept runs, newest first.</summary>
internal static class EvalHistory
{
    private const int Most = 1_000, Shown = 8;

    private static readonly string[] Figures = ["good_in_all", "wrong_answers", "answered_share", "expected_cost_usd"];

    public static Command Command()
    {
        var most = new Option<int>("--last") { Description = "So many runs.", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "Runs that were kept, with their verdicts.") { DatabaseFile.Option, most };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            foreach (var run in new EvaluationResults(database).List(Math.Clamp(parsed.GetValue(most), 1, Most)))
                TerminalText.WriteLine($"{run.Id}  {run.At:yyyy-MM-dd HH:mm}  {run.Playbook[..Shown]}  {run.Set}"
                    + (run.Sampled is null ? "" : $" (seed {run.Sampled})") + $", {run.Tickets} tickets"
                    + $"  {run.Verdict ?? "no gate"}  " + string.Join(", ", Figures.Select(
                        f => $"{f.Replace('_', ' ')} {EvalView.Number(run.Figure(f)?.Value ?? double.NaN)}")));
            return 0;
        }));
        return command;
    }
}
