using System.CommandLine;
using Baton.Evaluation.Measurements;
using Baton.Gateway.Routing;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train difficulty</c>: makes the weights behind <c>model: auto</c> again. Lines with <c>query</c> and
/// <c>label</c> (0: the answer of a chat model held an invention, 1: it did not), as in HaluEval's general part.
/// </summary>
internal static class TrainDifficulty
{
    public static Command Command()
    {
        var data = new Option<string[]>(
            "--data") { Description = "Questions with labels.", Required = true,
            AllowMultipleArgumentsPerToken = true };
        var usual = new Option<string[]>("--usual")
        {
            Description = "Questions (text) of the kind that will be asked; their median becomes 0.5.", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var target = new Option<FileInfo?>("--out") { Description = "Where the weights go; without it, only figures." };
        var folds = new Option<int>(
            "--folds") { Description = "Parts for cross-fitting.", DefaultValueFactory = _ => 5 };
        var command = new Command(
            "difficulty", "Train the estimate of how hard a request is.") { data, usual, target, folds,
            MeasureCommand.Seed, MeasureCommand.Json };
        command.SetAction((parse, _) => CliError.Guard(() =>
        {
            var lines = JsonLines.Read(parse.GetRequiredValue(data))
                .Select(line => (Text: JsonLines.Text(line, "query"), Hard: line.GetProperty("label").GetInt32() == 0))
                .ToList();
            var (texts, hard) = (lines.ConvertAll(l => l.Text), lines.ConvertAll(l => l.Hard));
            if (hard.All(h => h) || !hard.Any(h => h))
                throw new CliError("all lines have the same label; both 0 and 1 are needed");
            var seed = parse.GetValue(MeasureCommand.Seed);
            FiguresView.Print(DifficultyMeasurement.CrossFit(texts, hard, parse.GetValue(folds), seed),
                parse.GetValue(MeasureCommand.Json));
            if (parse.GetValue(target) is not { } file) return Task.FromResult(0);
            using var stream = file.Create();
            var asked = JsonLines.Read(parse.GetRequiredValue(usual)).Select(line => JsonLines.Text(line, "text"))
                .ToList();
            DifficultyModel.Train(texts, hard, asked, seed).Save(stream);
            return Task.FromResult(0);
        }));
        return command;
    }
}
