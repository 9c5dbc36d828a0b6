using System.CommandLine;
using Baton.Evaluation;
using Baton.Evaluation.Measurements;
using Baton.Privacy;
using Baton.Privacy.Tagging;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Training;

/// <summary><c>baton train redaction</c>: makes the tagger's weights again, or measures them by template.</summary>
internal static class TrainRedaction
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "The folder of data sets.",
        Required = true };

    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Where the weights go." };

    private static readonly Option<int> Folds = new("--folds")
    {
        Description = "Cross-validate by template with this many parts instead of writing weights.",
    };

    public static Command Command()
    {
        var command = new Command(
            "redaction", "Train the tagger of personal data.") { Data, Out, Folds, MeasureCommand.Seed,
            MeasureCommand.Json };
        command.SetAction((parse, _) => CliError.Guard(() => Task.FromResult(Run(parse))));
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var (data, seed) = (new RedactionData(parse.GetValue(Data)!), parse.GetValue(MeasureCommand.Seed));
        if (parse.GetValue(Folds) is > 1 and var folds)
        {
            var figures = new Figures();
            CrossValidate(data, folds, seed, figures);
            FiguresView.Print(figures, parse.GetValue(MeasureCommand.Json));
            return 0;
        }
        var file = parse.GetValue(Out) ?? throw new CliError("--out: say where the weights go, or --folds to validate");
        using var stream = file.Create();
        Train(data.Templated, data, seed).Save(stream);
        Console.WriteLine($"{file}: {stream.Length} bytes");
        return 0;
    }

    private static void CrossValidate(RedactionData data, int folds, int seed, Figures figures)
    {
        var found = new Dictionary<string, IReadOnlyList<PersonalSpan>>();
        for (var fold = 0; fold < folds; fold++)
        {
            var inside = data.Templated.Where(t => t.Fold(folds) != fold);
            var redactor = new Redactor(RedactionProfile.Everything, Train(inside, data, seed));
            foreach (var text in data.Templated.Where(t => t.Fold(folds) == fold).SelectMany(t => t.Texts))
                found[text.Text] = redactor.Find(text.Text);
            if (fold == 0) RedactionMeasurement.Measure(data.Wild, redactor.Find, [],
                figures.Group("wnut17_validation"));
        }
        string[] structured = ["CREDIT_CARD", "IBAN_CODE", "US_SSN", "EMAIL_ADDRESS", "IP_ADDRESS", "DOMAIN_NAME",
            "PHONE_NUMBER",
            "US_DRIVER_LICENSE", "ZIP_CODE"];
        foreach (var set in data.Templated.SelectMany(t => t.Texts, (t, text) => (t.Set, text)).GroupBy(p => p.Set,
            p => p.text))
        {
            RedactionMeasurement.Measure([.. set], text => found[text], [], figures.Group(set.Key));
            RedactionMeasurement.Measure([.. set], text => found[text], structured,
                figures.Group(set.Key + "_structured"));
        }
    }

    /// <summary>
    /// Labelled texts and variations of them, Baton's own sentences, noisy text, and questions without personal data.
    /// </summary>
    private static TaggerModel Train(IEnumerable<TemplateTexts> templated, RedactionData data, int seed)
    {
        var sets = templated.ToLookup(t => t.Set == "synth_v2", t => t.Texts.Select(Tagged));
        var complete = sets[true].SelectMany(t => t).ToList();
        var partial = sets[false].SelectMany(t => t).ToList();
        var factory = new SentenceFactory(complete.Concat(partial), seed);
        complete.AddRange([.. complete.Select(factory.Vary)]);
        partial.AddRange([.. partial.Select(factory.Vary)]);
        partial.AddRange(data.Plain.Concat(data.Noisy).Select(Tagged));
        complete.AddRange(factory.Sentences(30));
        var examples = WithLowerCase(complete).Select(t => TaggerExamples.From(t, complete: true))
            .Concat(WithLowerCase(partial).Select(t => TaggerExamples.From(t, complete: false)));
        var plain = new PlainWords();
        foreach (var text in data.Vocabulary) plain.Add(text);
        return TaggerTrainer.Train([.. examples], plain, new TaggerTrainerOptions { Seed = seed });
    }

    /// <summary>Every sixth text once more in lower case.</summary>
    private static IEnumerable<TaggedText> WithLowerCase(List<TaggedText> texts) =>
        texts.Concat(texts.Where((_, i) => i % 6 == 0).Select(SentenceFactory.LowerCase));

    private static TaggedText Tagged(LabelledText text) => new(text.Text, text.Known());
}
