using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Evaluation.Scoring;
using Baton.Server.Cli.Measuring;
using Spectre.Console;

namespace Baton.Server.Cli.Evaluating;

/// <summary><c>baton eval compare</c>: the stack matrix of several files of models over the same tickets.</summary>
internal static class EvalCompare
{
    private const string NoModels = "none";

    public static Command Command()
    {
        var (playbook, set, runs, sample, seed) =
            (Places.Playbook(), EvalOptions.Set(), EvalOptions.Runs(), EvalOptions.Sample(), EvalOptions.Seed());
        var models = new Option<string>("--models")
        {
            Description = "Files like models.yaml with commas between them; 'none' is the local tier alone.",
            Required = true,
        };
        var command = new Command("compare", "Decide the same tickets with several files of models: quality, "
            + "hallucination, P95, cost per resolved ticket, share per tier.")
        {
            models, set, playbook, runs, sample, seed, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => CompareAsync(
            parsed.GetRequiredValue(models)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            file => EvalOptions.Plan(parsed.GetValue(set), parsed.GetValue(playbook)!, file, parsed.GetValue(runs),
                parsed.GetValue(sample), parsed.GetValue(seed)),
            parsed.GetValue(MeasureCommand.Json), token)));
        return command;
    }

    private static async Task<int> CompareAsync(
        string[] files, Func<string, EvaluationPlan> plan, bool json, CancellationToken cancellationToken)
    {
        if (files.Length == 0) throw new CliError("--models names no file: write --models a.yaml,b.yaml");
        foreach (var file in files)
            if (file != NoModels && !File.Exists(file)) throw new CliError($"{file}: no such file");
        using var scratch = new ScratchFolder();
        var empty = Path.Combine(scratch.Path, "none.yaml");
        await File.WriteAllTextAsync(empty, "providers: {}\n", cancellationToken);
        var stacks = new List<ModelStack>();
        foreach (var file in files)
        {
            var evaluated = await TicketEvaluation.RunAsync(
                plan(file == NoModels ? empty : file), Console.IsErrorRedirected, cancellationToken);
            stacks.Add(ModelStack.Of(Path.GetFileNameWithoutExtension(file), evaluated.Run, evaluated.Models));
        }
        if (json)
            Console.WriteLine(new JsonArray([.. stacks.Select(s => s.ToJson())]).ToJsonString(FiguresView.Indented));
        else Print(stacks);
        return 0;
    }

    private static void Print(List<ModelStack> stacks)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("models", "quality", "hallucination", "P95 ms", "cost per resolved", "share per tier");
        foreach (var stack in stacks)
            table.AddRow([.. new[]
            {
                stack.Name, Cell(stack.Quality), Cell(stack.Hallucination), Cell(stack.LatencyP95),
                Cell(stack.CostPerResolved),
                string.Join(", ", stack.Shares.OrderByDescending(s => s.Value)
                    .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:P0}"))),
            }.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        foreach (var stack in stacks.Where(s => s.TierIsTooDear))
            TerminalText.WriteErrorLine(string.Create(CultureInfo.InvariantCulture,
                $"{stack.Name}: the strongest tier costs {stack.TierRatio:0.0} times the weakest; below "
                + $"{ModelStack.LeastRatio} times, a tier of its own for easy tickets does not pay"));
    }

    private static string Cell(MetricValue value) =>
        $"{EvalView.Number(value.Value)} ({EvalView.Number(value.Interval.Low)} – {EvalView.Number(value.Interval.High)})";
}
