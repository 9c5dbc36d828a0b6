using Baton.Text;

namespace Baton.Decisions;

/// <summary>What the local classifier says of a text.</summary>
internal sealed record LocalIntent(string Name, double Confidence, double Margin, double OutOfScope, bool IsOutOfScope);

/// <summary>A linear classifier over words and pairs of words, trained on a playbook's examples.</summary>
internal sealed class LocalIntents
{
    private const uint WordFamily = 1;
    private const uint PairFamily = 2;

    private readonly Vocabulary _vocabulary = new();
    private readonly List<string> _labels;
    private readonly LinearModel _model;

    public LocalIntents(IReadOnlyList<(string Text, string Label)> examples)
    {
        _labels = [.. examples.Select(e => e.Label).Distinct().Order(StringComparer.Ordinal)];
        var vectors = examples.Select(e => Vector(e.Text, learn: true)).ToList();
        _model = LinearTrainer.Train(vectors, [.. examples.Select(e => _labels.IndexOf(e.Label))], _labels.Count,
            _vocabulary.Count, new LinearTrainerOptions { Loss = LinearLoss.Logistic, C = 10 });
    }

    public LocalIntent Predict(string text)
    {
        var vector = Vector(text, learn: false);
        var scores = new float[_labels.Count];
        _model.Score(vector, scores);
        var probabilities = scores.Select(s => 1 / (1 + Math.Exp(-s))).ToList();
        var sum = probabilities.Sum();
        var ranked = probabilities.Select((p, i) => (P: p, i)).OrderByDescending(x => x.P).Take(2).ToList();
        var best = ranked[0].P;
        return new LocalIntent(_labels[ranked[0].i], best, (best - (ranked.Count > 1 ? ranked[1].P : 0)) / Math.Max(sum, 1e-9),
            1 - best, best < 0.15);
    }

    private SparseVector Vector(string text, bool learn)
    {
        var indices = new SortedSet<int>();
        ulong before = 0;
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '.', ',', '?', '!', ';', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = FeatureKey.Of(WordFamily, word);
            Add(key);
            if (before != 0) Add(FeatureKey.Pair(PairFamily, before, key));
            before = key;
        }
        return new SparseVector([.. indices], [.. indices.Select(_ => 1f)]).Normalized();

        void Add(ulong key)
        {
            var index = learn ? _vocabulary.Add(key) : _vocabulary.Find(key);
            if (index >= 0) indices.Add(index);
        }
    }
}
