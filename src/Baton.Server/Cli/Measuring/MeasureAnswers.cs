using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;
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
        var bars = gates is null ? [] : Gates(gates);
        if (ExpectedTickets.Read(file) is not { Count: > 0 } expected)
            throw new CliError($"{file}: no line has 'expect'; see docs/labelled-tickets.md");
        using var scratch = new ScratchFolder();
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(playbook, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = await RunCommand.ShowProgressAsync(batch, file, cancellationToken);
        if (result.Unreadable is [var bad, ..]) throw new CliError($"{file}:{bad.Line}: {bad.Problem}");
        var figures = ExpectedTickets.Judge(expected, batch.Read(result));
        var verdicts = GateVerdict.Of(figures, bars);
        var current = services.GetRequiredService<PlaybookHost>().Current;
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
            FiguresOfTickets.Print(figures, expected.Count, result.Ids.Count);
            FiguresOfTickets.Print(curve, current.AnswerFrom);
            FiguresOfTickets.Print(verdicts);
        }
        return verdicts.All(v => v.Passed) ? 0 : 1;
    }

    private static IReadOnlyList<FigureGate> Gates(string file)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        IReadOnlyList<FigureGate> gates;
        try
        {
            gates = GateReader.Read(file);
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
        if (GateVerdict.Unknown(gates) is { } unknown) throw new CliError($"{file}: {unknown}");
        return gates;
    }
}
