using System.CommandLine;
using Baton.Evaluation;
using Baton.Evaluation.Measurements;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure tone</c>: sentiment labels give macro-F1 and accuracy; numbers (satisfaction, urgency) and ordered
/// words (low, medium, high) give the rank correlation. Lines and dialogues are read by <see cref="ToneLines"/>.
/// </summary>
internal static class MeasureTone
{
    public static Command Command()
    {
        var test = Files("--test", "Labelled lines to measure on.", required: true);
        var train = Files("--train", "Train a sentiment model on these first; without, the shipped one is measured.");
        var text = Field("--text", "text", "Field with the text, or with messages of which the customer's are read.");
        var label = Field("--label", "sentiment", "Field with the label, on the line or on the messages.");
        var below = new Option<double?>("--dissatisfied-below")
        {
            Description = "Ratings below this count as dissatisfied; adds AUROC, precision, recall and F1.",
        };
        var command = new Command("tone", "How well sentiment and urgency are read.")
        {
            test, train, text, label, below, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((parsed, _) => CliError.Guard(() =>
        {
            var lines = new ToneLines(parsed.GetRequiredValue(text), parsed.GetRequiredValue(label));
            var figures = Run(lines, parsed.GetRequiredValue(test), parsed.GetValue(train) ?? [],
                parsed.GetValue(below), parsed.GetValue(MeasureCommand.Seed));
            FiguresView.Print(figures, parsed.GetValue(MeasureCommand.Json));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Figures Run(ToneLines lines, string[] test, string[] train, double? below, int seed)
    {
        var examples = lines.Read(test);
        if (examples.Count == 0)
            throw new CliError($"no line of {string.Join(", ", test)} has the label '{lines.Label}'");
        if (!examples.All(e => e.Number is null))
        {
            if (train.Length > 0)
                throw new CliError($"--train needs sentiment labels, but '{lines.Label}' holds numbers");
            return ToneMeasurement.Ratings([.. examples.Where(e => e.Number is not null).Select(e =>
                new RatedExample(e.Text, e.Number!.Value))], lines.IsUrgency, seed, below);
        }
        return ToneMeasurement.Sentiment(Sentiments(lines, examples),
            train.Length == 0 ? null : Sentiments(lines, lines.Read(train)), seed);
    }

    private static List<SentimentExample> Sentiments(ToneLines lines, IReadOnlyList<ToneLine> examples) =>
        [.. examples.Select(e => new SentimentExample(e.Text, lines.Polarity(e)))];

    private static Option<string[]> Files(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        Required = required,
        AllowMultipleArgumentsPerToken = true,
    };

    private static Option<string> Field(string name, string field, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => field,
    };
}
