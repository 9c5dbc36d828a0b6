using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Sentiment;

/// <summary>A labelled text: −1 negative, 0 neutral, 1 positive.</summary>
internal readonly record struct PolarText(string Text, int Polarity);

/// <summary>
/// Learns what the word lists do not know. Ordinal logistic regression (McCullagh 1980) whose score is the lists' sum
/// plus one weight for each word outside them, so that a weight says what a word adds. Strong shrinkage: only words
/// whose mood is plain survive, which is what carries over from one kind of text to another.
/// </summary>
internal sealed class WordValenceTrainer(PhraseBook book)
{
    private const int Passes = 8;
    private const double Rate = 0.15;

    /// <summary>Words in fewer texts than this learn nothing.</summary>
    public int LeastTexts { get; init; } = 5;

    /// <summary>
    /// Pull of every weight towards zero, in texts: a word in this many texts keeps half of its weight.
    /// </summary>
    public double Shrinkage { get; init; } = 30;

    /// <summary>Smaller valences than this are dropped, on the scale of the lists.</summary>
    public double LeastValence { get; init; } = 0.6;

    /// <summary>Larger ones are cut: a single learned word never outweighs a listed one.</summary>
    public double MostValence { get; init; } = 2;

    /// <summary>Share of the learned weight that is kept, as texts of another kind follow it less.</summary>
    public double Trust { get; init; } = 0.5;

    public WordValences Train(IReadOnlyList<PolarText> texts, int seed)
    {
        var examples = texts.Select(Read).ToArray();
        var counts = new Dictionary<uint, int>();
        foreach (var word in examples.SelectMany(e => e.Words)) counts[word] = counts.GetValueOrDefault(word) + 1;
        var known = counts.Where(c => c.Value >= LeastTexts).Select(c => c.Key).ToHashSet();
        foreach (ref var example in examples.AsSpan())
            example = example with { Words = [.. example.Words.Where(known.Contains)] };

        var (weights, scale) = Fit(examples, seed);
        var valences = new Dictionary<uint, double>();
        foreach (var (word, weight) in weights)
        {
            var shrunk = weight / scale * counts[word] / (counts[word] + Shrinkage);
            if (Math.Abs(shrunk) < LeastValence) continue;
            valences[word] = Math.Clamp(shrunk * Trust, -MostValence, MostValence);
        }
        return new WordValences(valences);
    }

    private Example Read(PolarText labelled)
    {
        var text = PhraseText.Read(labelled.Text, 20_000);
        var valences = ValenceScale.Weigh(text, book.Find(text), WordValences.None);
        var words = new HashSet<uint>();
        for (var i = 0; i < text.Count; i++)
        {
            var listed = valences.Exists(v => i >= v.From && i < v.To);
            if (text[i].Kind == PhraseTokenKind.Word && !listed) words.Add(text[i].Hash);
        }
        return new Example([.. words], Math.Clamp(valences.Sum(v => v.Weight), -8, 8), labelled.Polarity);
    }

    /// <summary>
    /// AdaGrad over the two cumulative logits; returns word weights and the weight of one point of the lists.
    /// </summary>
    private static (Dictionary<uint, double> Weights, double Scale) Fit(Example[] examples, int seed)
    {
        var weights = new Dictionary<uint, double>();
        var squares = new Dictionary<uint, double>();
        var order = Enumerable.Range(0, examples.Length).ToArray();
        var random = new Random(seed);
        var scale = new Adapted(0.5);
        var low = new Adapted(-0.5);
        var high = new Adapted(0.5);
        for (var pass = 0; pass < Passes; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                var example = examples[i];
                var score = scale.Value * example.Listed + example.Words.Sum(w => weights.GetValueOrDefault(w));
                var aboveLow = Logistic(score - low.Value) - (example.Polarity >= 0 ? 1 : 0);
                var aboveHigh = Logistic(score - high.Value) - (example.Polarity > 0 ? 1 : 0);
                var slope = aboveLow + aboveHigh;
                foreach (var word in example.Words)
                {
                    squares[word] = squares.GetValueOrDefault(word) + slope * slope;
                    weights[word] = weights.GetValueOrDefault(word) - Rate * slope / (Math.Sqrt(squares[word]) + 1e-2);
                }
                scale.Step(slope * example.Listed, Rate);
                low.Step(-aboveLow, Rate);
                high.Step(-aboveHigh, Rate);
            }
        }
        return (weights, Math.Max(0.1, scale.Value));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private readonly record struct Example(uint[] Words, double Listed, int Polarity);

    private sealed class Adapted(double start)
    {
        private double _squares = 1;

        public double Value { get; private set; } = start;

        public void Step(double slope, double rate)
        {
            _squares += slope * slope;
            Value -= rate * slope / Math.Sqrt(_squares);
        }
    }
}
