using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;
using Baton.Playbooks.Gates;
using Baton.Server.Cli.Deciding;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure answers</c>: decides labelled tickets as <c>run</c> does and says how many were answered, how many
/// right, and what other thresholds would have come to.
/// </summary>
internal static class MeasureAnswers
{
    public static Command Command()
    {
        var playbook = Places.Playbook();
        var tickets = new Option<string>("--tickets")
        {
            Description = "Labelled tickets, one JSON object per line: docs/labelled-tickets.md.", Required = true,
        };
        var gates = new Option<string?>("--gates")
        {
            Description = "End with 1 when a figure misses a gate of this file, such as evals/gates.yaml.",
        };
        var command = new Command("answers", "How well tickets are answered, asked back and given to people.")
        {
            playbook, tickets, gates, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => MeasureAsync(
            parsed.GetValue(playbook)!, parsed.GetRequiredValue(tickets), parsed.GetValue(gates),
            parsed.GetValue(MeasureCommand.Json), token)));
        return command;
    }

    private static async Task<int> MeasureAsync(
        string playbook, string file, string? gates, bool json, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        // Before the run, so that a slip in them does not cost one.
        IReadOnlyList<FigureGate> bars = gates is null ? [] : [.. AnswerRun.Gates(gates).Where(GateVerdict.IsHeld)];
        var run = await AnswerRun.OfAsync(playbook, file, cancellationToken);
        var (figures, current) = (run.Figures, run.Playbook);
        var verdicts = GateVerdict.Of(figures, bars);
        var curve = AnswerCurve.Of(figures.Tickets, current.Costs, current.LowestAnswerFrom);
        if (json)
        {
            var printed = figures.ToJson();
            printed["threshold"] = current.AnswerFrom;
            printed["curve"] = AnswerCurve.ToJson(curve);
            if (gates is not null) printed["gates"] = new JsonArray([.. verdicts.Select(v => v.ToJson())]);
            Console.WriteLine(printed.ToJsonString(FiguresView.Indented));
        }
        else
        {
            FiguresOfTickets.Print(figures, run.Labelled, run.All);
            FiguresOfTickets.Print(curve, current.AnswerFrom);
            FiguresOfTickets.Print(verdicts);
        }
        return verdicts.All(v => v.Passed) ? 0 : 1;
    }
}
