using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Evaluation.Tuning;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Evaluating;
using Baton.Server.Cli.Knowing;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Tuning;

/// <summary>
/// <c>baton tune</c>: thresholds with the lowest expected cost on labelled tickets, and a patch of the playbook where
/// the saving is more than chance. Nothing is changed.
/// </summary>
internal static class TuneCommand
{
    /// <summary>Values of a threshold that decides before an answer is made: each of them is a run.</summary>
    private static readonly double[] Steps = [0.5, 0.6, 0.7, 0.8, 0.9];

    private static readonly string[] Known = ["answer", "decision_confidence", "triage_confidence", RoutingWeights.Name];

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var set = EvalOptions.Set();
        var threshold = new Option<string[]>("--threshold")
        {
            Description = $"What to tune: {string.Join(", ", Known)}. The second and third decide every ticket again.",
            DefaultValueFactory = _ => ["answer"], AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("tune", "Choose thresholds by expected cost on labelled tickets: curve, point, interval, "
            + "patch; ends with 3 where too little data prove nothing.")
        {
            set, playbook, threshold, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => TuneAsync(
            EvalOptions.SetOf(parsed.GetValue(set), parsed.GetValue(playbook)!), parsed.GetValue(playbook)!,
            parsed.GetValue(threshold)!, parsed.GetValue(MeasureCommand.Json), token)));
        return command;
    }

    private static async Task<int> TuneAsync(
        string set, string folder, string[] thresholds, bool json, CancellationToken cancellationToken)
    {
        if (thresholds.FirstOrDefault(t => !Known.Contains(t)) is { } unknown)
            throw new CliError($"--threshold '{unknown}' cannot be tuned{Suggestion.Hint(unknown, Known)}");
        var playbook = PlaybookCommand.Load(folder);
        var main = Path.Combine(folder, "playbook.yaml");
        var text = await File.ReadAllTextAsync(main, cancellationToken);
        var run = (await TicketEvaluation.RunAsync(
            Plan(set, folder), Console.IsErrorRedirected, cancellationToken)).Run;
        var (printed, code) = (new JsonArray(), 0);
        foreach (var threshold in thresholds)
        {
            var weights = RoutingWeights.Candidates(playbook.Routing);
            var table = threshold == "answer" ? OfAnswers(playbook, run)
                : threshold == RoutingWeights.Name ? RoutingWeights.Table(
                    playbook.Routing, weights, [.. run.Tickets.Select(t => t.Ticket.Judged)], playbook.Costs)
                : await OfRunsAsync(set, folder, text, threshold, InForce(playbook, threshold), run, cancellationToken);
            if (ThresholdTuning.Refusal(table) is { } refusal)
            {
                code = 3;
                printed.Add(new JsonObject { ["threshold"] = threshold, ["refused"] = refusal });
                if (!json) Console.WriteLine($"{threshold}: {refusal}");
                continue;
            }
            var tuning = ThresholdTuning.Of(table);
            var chosen = threshold == RoutingWeights.Name ? weights[(int)tuning.Chosen] : null;
            var patch = !tuning.IsProven ? null
                : chosen is not null ? chosen.PatchOf(await File.ReadAllTextAsync(
                    Path.Combine(folder, "escalation.yaml"), cancellationToken))
                : ThresholdPatch.Of(text, threshold, tuning.Chosen)?.Patch;
            if (!tuning.IsProven) code = 3;
            var made = tuning.ToJson();
            made["patch"] = patch;
            if (chosen is not null)
            {
                made["weights"] = new JsonArray([.. weights.Select(w => JsonValue.Create(w.ToString()))]);
                if (!json) Write($"{weights[0]} in force; lowest: {chosen}. Their places stand for {weights.Count} weights:");
            }
            printed.Add(made);
            if (!json) Print(tuning, patch);
        }
        if (json) Console.WriteLine(printed.ToJsonString(FiguresView.Indented));
        return code;
    }

    private static EvaluationPlan Plan(string set, string folder) => EvalOptions.Plan(set, folder, null, 1, null, 1);

    /// <summary>Answers sent and drafts that waited tell what other thresholds would have done.</summary>
    private static CostTable OfAnswers(Playbook playbook, EvaluationRun run)
    {
        var tickets = run.Tickets.Select(t => t.Ticket.Judged).ToList();
        double[] candidates =
        [
            .. AnswerCurve.Thresholds.Append(playbook.AnswerFrom).Where(t => t >= Math.Max(0.5, playbook.LeastAnswer))
                .Distinct().Order(),
        ];
        return new CostTable("answer", candidates, playbook.AnswerFrom,
            [.. candidates.Select(c => AnswerCurve.Costs(c, tickets, playbook.Costs, playbook.LowestAnswerFrom))]);
    }

    private static async Task<CostTable> OfRunsAsync(
        string set, string folder, string text, string threshold, double inForce, EvaluationRun run,
        CancellationToken cancellationToken)
    {
        double[] candidates = [.. Steps.Append(inForce).Distinct().Order()];
        var costs = new List<double[]>();
        foreach (var candidate in candidates)
        {
            var decided = run;
            if (candidate != inForce)
            {
                using var scratch = new ScratchFolder();
                var copy = Path.Combine(scratch.Path, "playbook");
                Activation.Copy(folder, copy);
                var changed = ThresholdPatch.Of(text, threshold, candidate) ?? throw new CliError(
                    $"playbook.yaml: thresholds.{threshold} stands in a way that is not understood: write it as a number");
                await File.WriteAllTextAsync(Path.Combine(copy, "playbook.yaml"), changed.Text, cancellationToken);
                decided = (await TicketEvaluation.RunAsync(
                    Plan(set, copy), Console.IsErrorRedirected, cancellationToken)).Run;
            }
            var byTicket = decided.Tickets.ToDictionary(t => t.Ticket.Judged.Id, t => (double)t.Ticket.ExpectedCost);
            costs.Add([.. run.Tickets.Select(t => byTicket.GetValueOrDefault(t.Ticket.Judged.Id))]);
        }
        return new CostTable(threshold, candidates, inForce, costs);
    }

    private static double InForce(Playbook playbook, string threshold) => threshold == "decision_confidence"
        ? playbook.Thresholds.DecisionConfidence : playbook.Thresholds.TriageConfidence;

    private static void Print(ThresholdTuning tuning, string? patch)
    {
        var table = tuning.Table;
        Write($"{table.Threshold}: {table.Tickets} tickets, {table.Informative} of them decided by it");
        for (var c = 0; c < table.Candidates.Count; c++)
            Write($"  {table.Candidates[c]:0.00}  {table.Costs[c].Average(),10:0.000} a ticket"
                + (table.Candidates[c] == table.InForce ? "  in force" : "")
                + (table.Candidates[c] == tuning.Chosen ? "  lowest" : ""));
        Write($"  lowest at {tuning.Chosen:0.00}, in samples like this one at {tuning.ChosenBetween.Low:0.00} to "
            + $"{tuning.ChosenBetween.High:0.00}");
        Write($"  saves {tuning.Saved:0.000} a ticket on tickets it was not chosen on "
            + $"({tuning.SavedBetween.Low:0.000} to {tuning.SavedBetween.High:0.000})");
        if (patch is not null) Console.Write(patch);
        else if (tuning.IsProven) Write("  write it into playbook.yaml yourself: it stands there in a way of its own");
        else Write("  not proven: what is in force stays"
            + (tuning.Needed is > 0 and var needed ? $"; about {needed:N0} more labelled tickets would show a saving" : ""));
    }

    private static void Write(string text) => Console.WriteLine(text);
}
