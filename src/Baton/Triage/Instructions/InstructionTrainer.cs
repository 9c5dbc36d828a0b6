using Baton.Text.Learning;

namespace Baton.Triage.Instructions;

/// <summary>A training text: whether it is an attempt, and how much it counts.</summary>
internal sealed record InstructionExample(string Text, bool IsAttempt, float Weight);

/// <summary>Trains the linear model. Deterministic for a seed.</summary>
internal static class InstructionTrainer
{
    private const int WordsPerWindow = 120;
    private const int MostWords = 2_000;

    public static InstructionModel Train(IReadOnlyList<InstructionExample> examples, float threshold, int seed)
    {
        var windows = examples.SelectMany(e => Windows(e.Text, e.IsAttempt), (e, features) =>
            (Example: e, Features: features)).ToList();
        var vectors = windows.Select(w => w.Features).ToList();
        var labels = windows.Select(w => w.Example.IsAttempt ? 1 : 0).ToList();
        var options = new LinearTrainerOptions
        {
            Loss = LinearLoss.Logistic, C = 60, Seed = seed,
                ExampleWeights = [.. windows.Select(w => w.Example.Weight)],
        };
        return InstructionModel.From(LinearTrainer.Train(vectors, labels, 2, 1 << InstructionFeatures.Bits, options),
            threshold);
    }

    /// <summary>Harmless messages in other languages, put together from Baton's own sentences.</summary>
    public static IEnumerable<InstructionExample> HarmlessMail(int perLanguage, int seed)
    {
        const string name = "Baton.Triage.Instructions.Words.harmless.txt";
        var random = new Random(seed);
        using var reader = new StreamReader(typeof(InstructionTrainer).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var sentences = line[(line.IndexOf(':') + 2)..].Split(" | ");
            foreach (var sentence in sentences) yield return new InstructionExample(sentence, false, 2);
            for (var i = 0; i < perLanguage; i++)
            {
                var chosen = Enumerable.Range(0, random.Next(2, 9)).Select(_ =>
                    sentences[random.Next(sentences.Length)]);
                yield return new InstructionExample(string.Join(' ', chosen), false, 2);
            }
        }
    }

    /// <summary>
    /// Harmless in every window, an attempt in the first: where in a long attempt the attempt is, nobody has marked.
    /// </summary>
    private static IEnumerable<SparseVector> Windows(string text, bool isAttempt)
    {
        var words = InstructionText.Words(text, MostWords);
        for (var start = 0; start == 0 || !isAttempt
            && start + WordsPerWindow / 2 < words.Count; start += WordsPerWindow / 2)
        {
            var window = words.GetRange(start, Math.Min(WordsPerWindow, words.Count - start));
            yield return InstructionFeatures.Of(window, InstructionRules.Read(window, start == 0 ? text : ""));
        }
    }
}
