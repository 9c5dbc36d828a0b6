using System.CommandLine;
using Baton.Evaluation;
using Baton.Evaluation.Measurements;
using Baton.Server.Cli.Measuring;
using Baton.Triage.Instructions;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train injection</c>: makes the detector's weights again, with a threshold from cross-fitting.
/// </summary>
internal static class TrainInjection
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "The folder of data sets.",
        Required = true };

    private static readonly Option<FileInfo?> Out =
        new("--out") { Description = "Where the weights go; without it, only figures." };

    private static readonly Option<int> Folds = new("--folds") { Description = "Parts for cross-fitting.",
        DefaultValueFactory = _ => 5 };

    /// <summary>
    /// The most false positives a source may have; the threshold is the lowest that keeps all of them.
    /// </summary>
    private static readonly (string Source, double Rate)[] Allowed =
        [("NotInject", 0.05), ("WildGuard benign", 0.013), ("banking77", 0.001), ("clinc150", 0.001)];

    private static readonly Option<bool> BySource = new("--by-source")
    {
        Description = "Only figures: each source judged by a model and a threshold that have seen nothing of it.",
    };

    private const int MailPerLanguage = 150;

    public static Command Command()
    {
        var command = new Command("injection", "Train the detector of instruction attempts.") { Data, Out, Folds,
            BySource, MeasureCommand.Seed, MeasureCommand.Json };
        command.SetAction((parse, _) => CliError.Guard(() => Task.FromResult(Run(parse))));
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var (examples, seed) = (new InjectionData(parse.GetValue(Data)!).Examples, parse.GetValue(MeasureCommand.Seed));
        if (parse.GetValue(BySource))
        {
            FiguresView.Print(
                HoldOutSources(examples, parse.GetValue(Folds), seed), parse.GetValue(MeasureCommand.Json));
            return 0;
        }
        var (threshold, figures) = CrossFit(examples, parse.GetValue(Folds), seed);
        FiguresView.Print(figures, parse.GetValue(MeasureCommand.Json));
        if (parse.GetValue(Out) is not { } file) return 0;
        using var stream = file.Create();
        InstructionTrainer.Train([.. examples.Select(Weighted),
            .. InstructionTrainer.HarmlessMail(MailPerLanguage, seed)], threshold, seed).Save(stream);
        Console.WriteLine($"{file}: {stream.Length} bytes, threshold {threshold:0.###}");
        return 0;
    }

    /// <summary>
    /// What to expect of attempts of a kind that nobody has collected yet: worse than cross-fitting says.
    /// </summary>
    private static Figures HoldOutSources(IReadOnlyList<InjectionExample> examples, int folds, int seed)
    {
        var judged = new Dictionary<string, bool>();
        foreach (var source in examples.Select(e => e.Source).Distinct())
        {
            InjectionExample[] others = [.. examples.Where(e => e.Source != source)];
            var model = InstructionTrainer.Train(
                [.. others.Select(Weighted), .. InstructionTrainer.HarmlessMail(MailPerLanguage, seed)],
                CrossFit(others, folds, seed).Threshold, seed);
            var detector = new InstructionDetector(model);
            foreach (var example in examples.Where(e => e.Source == source))
                judged[example.Text] = detector.Inspect(example.Text).IsAttempt;
        }
        return InjectionMeasurement.Measure(examples, text => judged[text]);
    }

    /// <summary>Every text is judged by a model that was not trained on it.</summary>
    private static (float Threshold, Figures Figures) CrossFit(IReadOnlyList<InjectionExample> examples, int folds,
        int seed)
    {
        var part = examples.Select(e => Math.Abs((int)(e.Text.Aggregate(17u, (hash, c) =>
            hash * 31 + c) % (uint)folds))).ToArray();
        var mail = InstructionTrainer.HarmlessMail(MailPerLanguage, seed).ToList();
        var models = Enumerable.Range(0, folds).Select(fold => InstructionTrainer.Train(
            [.. examples.Where((_, i) => part[i] != fold).Select(Weighted), .. mail], 0, seed)).ToArray();
        var odds = examples.Select((e, i) => new InstructionDetector(models[part[i]]).LogOdds(e.Text)).ToArray();
        var threshold = Allowed.Max(limit => Quantile(
            [.. odds.Where((_, i) => examples[i].Source == limit.Source && !examples[i].IsAttempt)], limit.Rate));
        var figures = new Figures().Add("threshold", threshold);
        var detectors = models.Select(m => new InstructionDetector(m.WithThreshold(threshold))).ToArray();
        var judged = examples.Select((e, i) => (e.Text, detectors[part[i]].Inspect(e.Text).IsAttempt))
            .DistinctBy(p => p.Text).ToDictionary(p => p.Text, p => p.IsAttempt);
        return (threshold, InjectionMeasurement.Measure(examples, text => judged[text], figures));
    }

    /// <summary>The value that a share of at most <paramref name="rate"/> exceeds.</summary>
    private static float Quantile(float[] values, double rate)
    {
        Array.Sort(values);
        return values.Length == 0 ? float.MinValue
            : values[^(Math.Min(values.Length - 1, (int)(rate * values.Length)) + 1)] + 1e-4f;
    }

    /// <summary>
    /// Short attempts among harmless requests are what the product meets; jailbreak essays would drown them, and odd
    /// but
    /// harmless role plays must be learned as such.
    /// </summary>
    private static InstructionExample Weighted(InjectionExample example) =>
        new(example.Text, example.IsAttempt, example.Source switch
    {
        "deepset/prompt-injections" => 8f,
        "WildGuard benign" => 8f,
        "in-the-wild jailbreaks" => 0.1f,
        _ => 1f,
    });
}
