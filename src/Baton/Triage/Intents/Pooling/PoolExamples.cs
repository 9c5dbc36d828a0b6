namespace Baton.Triage.Intents.Pooling;

/// <summary>
/// The vectors that a pool learns from: first those of the examples, in their order; then of what is learnt from beside
/// them and never held out, names of intents and borrowed texts.
/// </summary>
internal sealed class PoolExamples(
    string encoder, IReadOnlyList<float[]> vectors, int[] labels, int own, int classes, bool few, int parallelism)
{
    public string Encoder => encoder;

    public float[] this[int example] => vectors[example];

    /// <param name="names">Names of intents that stand as one more example each.</param>
    /// <param name="borrowed">Texts and their classes.</param>
    public static PoolExamples Make(
        ExampleVectors source, IReadOnlyList<string> texts, int[] labels, IReadOnlyList<(int Index, string Item)> names,
        IReadOnlyList<(int Label, string Text)> borrowed, int classes, bool few, int parallelism) => new(
        source.Encoder,
        source.Of([.. texts, .. names.Select(n => n.Item.Replace('_', ' ')), .. borrowed.Select(b => b.Text)]),
        [.. labels, .. names.Select(n => n.Index), .. borrowed.Select(b => b.Label)], texts.Count + names.Count,
        classes, few, parallelism);

    /// <summary>
    /// A scorer that has seen these examples and all that stands beside them. A class weighs as much as its own
    /// examples, however many it borrows: else what is written about most would be guessed most.
    /// </summary>
    public VectorScorer Train(IEnumerable<int> examples, int count)
    {
        int[] rows = [.. examples, .. Enumerable.Range(count, labels.Length - count)];
        var (mine, all) = (new int[classes], new int[classes]);
        foreach (var row in rows)
        {
            all[labels[row]]++;
            if (row < own) mine[labels[row]]++;
        }
        return VectorScorer.Train(
            [.. rows.Select(r => (vectors[r], labels[r], Math.Max(1, mine[labels[r]]) / (float)all[labels[r]]))],
            classes, few, parallelism);
    }
}
