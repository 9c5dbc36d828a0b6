using System.CommandLine;
using System.Text.Json;
using Baton.Decisions.Local;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Measurements;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Learning;

/// <summary><c>baton measure gaps</c>: whether knowledge gaps name what was taken away.</summary>
internal static class MeasureGaps
{
    private const int MostDraws = 100;

    public static Command Command()
    {
        var documents = new Option<string[]>("--documents")
        {
            Description = "Entries: id, question and answers.", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var queries = new Option<string[]>("--queries")
        {
            Description = "Questions: text and relevant (a list of ids, of which the first counts).", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var draws = new Option<int>("--draws")
        {
            Description = "How often a fifth of the entries is taken away.", DefaultValueFactory = _ => 10,
        };
        var playbook = Places.Playbook();
        var command = new Command("gaps", "Whether knowledge gaps name the entries that were taken away.")
        {
            documents, queries, draws, playbook, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            if (parsed.GetValue(draws) is not (> 0 and <= MostDraws) and var wrong)
                throw new CliError($"--draws {wrong}: use 1 to {MostDraws}");
            using var scratch = new ScratchFolder();
            await using var services = await CliHost.BuildAsync(RunCommand.Options(
                parsed.GetValue(playbook)!, null, Path.Combine(scratch.Path, "gaps.db"), null, keeps: false));
            var figures = await GapMeasurement.MeasureAsync(
                Entries(parsed.GetRequiredValue(documents)), Queries(parsed.GetRequiredValue(queries)),
                new MeaningSpace(services.GetRequiredService<LocalEncoder>().Vectors, scratch.Path),
                [.. Enumerable.Range(parsed.GetValue(MeasureCommand.Seed), parsed.GetValue(draws))], token);
            FiguresView.Print(figures, parsed.GetValue(MeasureCommand.Json));
            return 0;
        }));
        return command;
    }

    private static Dictionary<string, IReadOnlyList<string>> Entries(string[] files) => JsonLines.Read(files)
        .ToDictionary(line => JsonLines.Text(line, "id"), line => (IReadOnlyList<string>)[JsonLines.Text(line, "question")]);

    private static List<(string Text, string Entry)> Queries(string[] files) =>
    [
        .. JsonLines.Read(files).Select(line => (JsonLines.Text(line, "text"),
            line.TryGetProperty("relevant", out var ids) && ids.ValueKind == JsonValueKind.Array
                && ids.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } id ? id.GetString()!
            : throw new CliError($"a question has no 'relevant' entry: {JsonLines.Text(line, "text")}"))),
    ];
}
