using System.CommandLine;
using System.Text.Json;
using Baton.Decisions.Local;
using Baton.Evaluation.Measurements;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure intents</c>: lines with <c>text</c> and <c>label</c>. The label <c>oos</c> means out of scope: in a
/// test file such lines are measured, in a training file they teach the model what is foreign. Lines with a list
/// <c>intents</c> instead of a label may have several, and are measured as such.
/// </summary>
internal static class MeasureIntents
{
    private const int MaxExamples = 1_000_000;

    public static Command Command()
    {
        var train = Files("--train", "Labelled texts to learn from: text and label.", required: true);
        var test = Files("--test", "Labelled texts to measure on: text and label (oos: out of scope).", required: true);
        var outOfScope = Files(
            "--oos-test", "More texts to measure on, all out of scope whatever their label.", required: false);
        var shots = new Option<int?>(
            "--shots") { Description = "Use only N examples per intent, drawn with the seed." };
        var encoder = new Option<EncoderChoice>("--encoder")
        {
            Description = "The sentence encoder beside the n-gram model, or none.",
            DefaultValueFactory = _ => EncoderChoice.MiniLm,
        };
        var command = new Command("intents", "How well intents are recognised after training on examples.")
        {
            train, test, outOfScope, shots, encoder, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((result, _) => CliError.Guard(() =>
        {
            var seed = result.GetValue(MeasureCommand.Seed);
            if (ReadSets(result.GetRequiredValue(train)) is { } sets)
            {
                var testSets = ReadSets(result.GetRequiredValue(test))
                    ?? throw new CliError("the training lines have a list 'intents', the test lines have none");
                FiguresView.Print(IntentSetMeasurement.Measure(sets, testSets, new IntentModelOptions { Seed = seed }),
                    result.GetValue(MeasureCommand.Json));
                return Task.FromResult(0);
            }
            var examples = Read(result.GetRequiredValue(train));
            if (examples.All(e => e.Label == IntentExample.OutOfScope))
                throw new CliError("the training files have no example of any intent");
            if (result.GetValue(shots) is { } count) examples = Draw(examples, count, seed);
            var tested = Read(result.GetRequiredValue(test));
            tested.AddRange(ReadTexts(result.GetValue(outOfScope) ?? []));
            using var local = new LocalEncoder(new LocalOptions { Encoder = result.GetValue(encoder) });
            if (local.Notice is { } notice) TerminalText.WriteErrorLine(notice);
            var figures = IntentMeasurement.Measure(
                examples, tested, new IntentModelOptions { Seed = seed }, Vectors(local));
            FiguresView.Print(figures, result.GetValue(MeasureCommand.Json));
            return Task.FromResult(0);
        }));
        return command;
    }

    /// <summary>Vectors of these sets are kept in a folder of their own: they are many, and measured again.</summary>
    private static ExampleVectors? Vectors(LocalEncoder local) => local.Vectors is not { } vectors ? null
        : new ExampleVectors(vectors.Name, texts => vectors.OfPlaybook(
            texts, Path.Combine(Path.GetTempPath(), "baton-measure")));

    private static Option<string[]> Files(string name, string description, bool required) => new(name)
    {
        Description = description, Required = required, AllowMultipleArgumentsPerToken = true,
    };

    private static List<IntentExample> Read(string[] files)
    {
        var examples = new List<IntentExample>();
        foreach (var line in JsonLines.Read(files))
        {
            examples.Add(new IntentExample(JsonLines.Text(line, "text"), JsonLines.Text(line, "label")));
            if (examples.Count > MaxExamples) throw new CliError($"more than {MaxExamples:N0} lines; give a sample");
        }
        return examples.Count > 0 ? examples : throw new CliError($"no lines in {string.Join(", ", files)}");
    }

    /// <summary>Messages with lists of intents; null when the first line has none.</summary>
    private static List<MultiLabelledText>? ReadSets(string[] files)
    {
        var examples = new List<MultiLabelledText>();
        foreach (var line in JsonLines.Read(files))
        {
            var isList = line.TryGetProperty("intents", out var intents) && intents.ValueKind == JsonValueKind.Array
                && intents.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String);
            if (!isList && examples.Count == 0) return null;
            if (!isList) throw new CliError(
                $"a line has no list 'intents' of texts, though others have: {JsonLines.Text(line, "text")}");
            examples.Add(new MultiLabelledText(
                JsonLines.Text(line, "text"), [.. intents.EnumerateArray().Select(i => i.GetString()!)]));
            if (examples.Count > MaxExamples) throw new CliError($"more than {MaxExamples:N0} lines; give a sample");
        }
        return examples.Any(e => e.Labels.Count > 0) ? examples : null;
    }

    private static IEnumerable<IntentExample> ReadTexts(string[] files) =>
        JsonLines.Read(files).Select(line => new IntentExample(JsonLines.Text(line, "text"), IntentExample.OutOfScope));

    /// <summary>The same number of examples for every intent (all of them where there are fewer).</summary>
    private static List<IntentExample> Draw(List<IntentExample> examples, int count, int seed)
    {
        if (count < 1) throw new CliError($"--shots is {count}; give 1 or more");
        var random = new Random(seed);
        var drawn = new List<IntentExample>();
        foreach (var group in examples.GroupBy(e => e.Label).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var members = group.ToArray();
            random.Shuffle(members);
            drawn.AddRange(members.Take(count));
        }
        return drawn;
    }
}
