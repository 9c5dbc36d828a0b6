using System.CommandLine;
using Baton.Server.Cli.Measuring;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Networks;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train words</c>: makes the rows again that the networks of intent models start from. They are learnt from
/// training parts only, and from no set whose licence is against it.
/// </summary>
internal static class TrainWords
{
    private const int Epochs = 12;

    private static readonly string[] Sets = ["clinc150/train.jsonl", "hwu64/train.jsonl", "bitext_intents/train.jsonl"];

    private static readonly Option<DirectoryInfo> Data =
        new("--data") { Description = "The folder of data sets.", Required = true };

    private static readonly Option<FileInfo> Out = new("--out") { Description = "Where the rows go.", Required = true };

    private static readonly Option<int> Rows = new("--rows")
    {
        Description = "Words, stems and letter groups kept at most.",
        DefaultValueFactory = _ => 12_000,
    };

    public static Command Command()
    {
        var command = new Command(
            "words", "Train what the networks of intent models start from.") { Data, Out, Rows, MeasureCommand.Seed };
        command.SetAction((parse, _) => CliError.Guard(() => Task.FromResult(Run(parse))));
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var examples = Sets.SelectMany((set, number) => Read(Path.Combine(parse.GetValue(Data)!.FullName, set), number))
            .ToList();
        var labels = examples.Select(e => e.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        var numbers = labels.Index().ToDictionary(l => l.Item, l => l.Index);
        var words = LearntWords.Train(
            [.. examples.Select(e => e.Text)], [.. examples.Select(e => numbers[e.Label])], labels.Count,
            new IntentModelOptions { Seed = parse.GetValue(MeasureCommand.Seed) }, Epochs, parse.GetValue(Rows));
        using var stream = parse.GetValue(Out)!.Create();
        words.Save(stream);
        Console.WriteLine($"{words.Count} rows from {examples.Count} texts of {labels.Count} intents: {stream.Length} bytes");
        return 0;
    }

    /// <summary>Intents of different sets stay apart, whatever their names.</summary>
    private static IEnumerable<IntentExample> Read(string file, int set) => JsonLines.Read([file])
        .Select(line => new IntentExample(JsonLines.Text(line, "text"), JsonLines.Text(line, "label")))
        .Where(e => e.Label != IntentExample.OutOfScope)
        .Select(e => e with { Label = $"{set}{e.Label}" });
}
