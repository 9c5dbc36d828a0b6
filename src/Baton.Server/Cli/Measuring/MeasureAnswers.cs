using System.CommandLine;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;
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
        var command = new Command("answers", "How well tickets are answered, asked back and given to people.")
        {
            playbook, tickets, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => MeasureAsync(
            parsed.GetValue(playbook)!, parsed.GetRequiredValue(tickets), parsed.GetValue(MeasureCommand.Json),
            token)));
        return command;
    }

    private static async Task<int> MeasureAsync(
        string playbook, string file, bool json, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        if (ExpectedTickets.Read(file) is not { Count: > 0 } expected)
            throw new CliError($"{file}: no line has 'expect'; see docs/labelled-tickets.md");
        using var scratch = new ScratchFolder();
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(playbook, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var batch = ActivatorUtilities.CreateInstance<TicketBatch>(services);
        var result = await RunCommand.ShowProgressAsync(batch, file, cancellationToken);
        if (result.Unreadable is [var bad, ..]) throw new CliError($"{file}:{bad.Line}: {bad.Problem}");
        var figures = ExpectedTickets.Judge(expected, batch.Read(result));
        var current = services.GetRequiredService<PlaybookHost>().Current;
        var curve = AnswerCurve.Of(figures.Tickets, current.Costs, current.AnswerFrom);
        if (json)
        {
            var printed = figures.ToJson();
            printed["threshold"] = current.AnswerFrom;
            printed["curve"] = AnswerCurve.ToJson(curve);
            Console.WriteLine(printed.ToJsonString(FiguresView.Indented));
            return 0;
        }
        FiguresOfTickets.Print(figures, expected.Count, result.Ids.Count);
        FiguresOfTickets.Print(curve, current.AnswerFrom);
        return 0;
    }
}
