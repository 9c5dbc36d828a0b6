using System.CommandLine;
using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Evaluation.Answers;
using Baton.Knowledge.Choice;
using Baton.Playbooks;
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
            Description = "Labelled tickets, a fair sample of what comes in: docs/labelled-tickets.md.", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var letters = new Option<string[]>("--letters")
        {
            Description = "Further labelled tickets to learn from that are no fair sample of what comes in.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "answers", "Fit how probably a reply made of articles is right; writes answers.yaml beside playbook.yaml.")
        {
            playbook, tickets, letters,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => TrainAsync(
            parsed.GetValue(playbook)!, parsed.GetRequiredValue(tickets), parsed.GetValue(letters) ?? [], token)));
        return command;
    }

    private static async Task<int> TrainAsync(
        string folder, string[] tickets, string[] letters, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        // Weights of an older program are no reason not to make new ones.
        var copy = Path.Combine(scratch.Path, "playbook");
        Copy(folder, copy, AnswerWeights.Always);
        var playbook = PlaybookCommand.Load(copy);
        // With the encoder of the settings: weights fit the vectors they were fitted on.
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(copy, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var models = services.GetRequiredService<LocalModelCache>().Current.Models;
        if (!models.ChoosesSections)
            throw new CliError($"{folder}: nothing chooses sections: that needs an encoder"
                + " (BATON__Local__Encoder is not none), and knowledge/questions or at least 20 sections");
        var rows = new List<AcceptanceRow>();
        foreach (var (file, isTraffic) in tickets.Select(f => (f, true)).Concat(letters.Select(f => (f, false))))
            rows.AddRange(await RowsAsync(models, copy, file, isTraffic, cancellationToken));
        if (rows.Count < AcceptanceFit.FewestTickets)
            throw new CliError($"{rows.Count} labelled tickets could be answered by articles; "
                + $"{AcceptanceFit.FewestTickets} are the least to fit on");
        var (weights, scores) = AcceptanceFit.Of(rows);
        foreach (var threshold in Shown)
            Console.WriteLine($"  P >= {threshold:0.00}, cross-fitted: {FiguresOfTickets.Show(AcceptanceFit.From(threshold, rows, scores))}");
        var written = Path.Combine(folder, "answers.yaml");
        await File.WriteAllTextAsync(written, weights.ToYaml(), cancellationToken);
        Console.WriteLine($"{written}: fitted on {rows.Count} tickets; 95 % right from {weights.Point95:0.00}; "
            + $"answers from {(playbook with { Answers = weights }).AnswerFrom:0.00}");
        return 0;
    }

    /// <summary>
    /// Decides the tickets as <c>run</c> does, but for the one probability that is to be learnt: what is left out by a
    /// rule, a trigger or a guard is nothing to learn it from.
    /// </summary>
    private static async Task<List<AcceptanceRow>> RowsAsync(
        LocalModels models, string folder, string file, bool isTraffic, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        var judged = (await AnswerRun.OfAsync(folder, file, cancellationToken)).Figures.Tickets
            .ToDictionary(t => t.Id);
        var rows = new List<AcceptanceRow>();
        foreach (var line in JsonLines.Read([file]))
            if (line.TryGetProperty("id", out var id) && judged.Remove(id.GetString() ?? "", out var ticket)
                && await ChoiceAsync(models, line, cancellationToken) is { } choice
                && AcceptanceRow.Of(choice, ticket, isTraffic) is { } row)
                rows.Add(row);
        return rows;
    }

    /// <summary>The matter is what the customer wrote since somebody last answered, as in a turn.</summary>
    private static async Task<SectionChoiceOf?> ChoiceAsync(
        LocalModels models, JsonElement line, CancellationToken cancellationToken)
    {
        var ticket = TicketJson.Read(line, "line", "file", "expect");
        var asked = ticket.Messages.Reverse().TakeWhile(m => m.From == Author.Customer).Reverse().Select(m => m.Text);
        return await models.ChooseAsync("train", ticket.Subject ?? "", string.Join('\n', asked), cancellationToken);
    }

    private static void Copy(string folder, string to, AnswerWeights answers)
    {
        if (!Directory.Exists(folder)) throw new CliError($"{folder}: no such folder");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        File.WriteAllText(Path.Combine(to, "answers.yaml"), answers.ToYaml());
    }
}
