using System.CommandLine;
using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Evaluation.Answers;
using Baton.Evaluation.Metrics;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train answers</c>: fits the probability that a reply made of articles is right on the playbook's labelled
/// tickets, and writes it beside the playbook.
/// </summary>
internal static class TrainAnswers
{
    private static readonly double[] Shown = [0.50, 0.70, 0.80, 0.87, 0.90, 0.95];

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var tickets = new Option<string[]>("--tickets")
        {
            Description = "Labelled tickets, one JSON object per line: docs/labelled-tickets.md.", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "answers", "Fit how probably a reply made of articles is right; writes answers.yaml beside playbook.yaml.") { playbook, tickets };
        command.SetAction((parsed, token) => CliError.Guard(() => TrainAsync(
            parsed.GetValue(playbook)!, parsed.GetRequiredValue(tickets), token)));
        return command;
    }

    private static async Task<int> TrainAsync(string folder, string[] files, CancellationToken cancellationToken)
    {
        var playbook = PlaybookCommand.Load(folder);
        using var scratch = new ScratchFolder();
        // With the encoder of the settings: weights fit the vectors they were fitted on.
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(folder, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var models = services.GetRequiredService<LocalModelCache>().Current.Models;
        if (!models.ChoosesSections)
            throw new CliError($"{folder}: nothing chooses sections: it needs the encoder, and knowledge/questions");
        var rows = new List<AcceptanceRow>();
        foreach (var line in JsonLines.Read(files))
            if (Expectation.Of(line) is { } expect
                && await RowAsync(models, line, expect, cancellationToken) is { } row)
                rows.Add(row);
        if (rows.Count < AcceptanceFit.FewestTickets)
            throw new CliError($"{rows.Count} tickets say whether articles answer them; "
                + $"{AcceptanceFit.FewestTickets} are the least to fit on");
        var (weights, scores) = AcceptanceFit.Of(rows);
        foreach (var threshold in Shown)
            Console.WriteLine($"  P >= {threshold:0.00}, cross-fitted: {FiguresOfTickets.Show(AcceptanceFit.From(threshold, rows, scores))}");
        var file = Path.Combine(folder, "answers.yaml");
        await File.WriteAllTextAsync(file, weights.ToYaml(), cancellationToken);
        Console.WriteLine($"{file}: fitted on {rows.Count} tickets; 95 % right from {weights.Point95:0.00}; "
            + $"answers from {(playbook with { Answers = weights }).AnswerFrom:0.00}");
        return 0;
    }

    /// <summary>The matter is what the customer wrote since somebody last answered, as in a turn.</summary>
    private static async Task<AcceptanceRow?> RowAsync(
        LocalModels models, JsonElement line, Expectation expect, CancellationToken cancellationToken)
    {
        var ticket = TicketJson.Read(line, "line", "file", "expect");
        var asked = ticket.Messages.Reverse().TakeWhile(m => m.From == Author.Customer).Reverse().Select(m => m.Text);
        var choice = await models.ChooseAsync(
            "train", ticket.Subject ?? "", string.Join('\n', asked), cancellationToken);
        return choice is null ? null : AcceptanceRow.Of(choice, expect);
    }
}
