using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// The features a model knows and what each weighs: rare features more (inverse document frequency), and features that
/// point to few intents much more (one minus the entropy of the intent given the feature). Every family of features is
/// a block of fixed length, so that long words do not drown short ones.
/// </summary>
internal sealed class FeatureSpace
{
    private static readonly float[] BlockLengths = [1, 1, 1, 1.2f];
    private static readonly float[] CountWeights = [.. Enumerable.Range(0, 64).Select(c => c == 0 ? 0 : 1 + MathF.Log(c))];

    private readonly Vocabulary _vocabulary;
    private readonly float[] _weights;

    private FeatureSpace(Vocabulary vocabulary, float[] weights, int networkFeatures)
    {
        (_vocabulary, _weights, NetworkFeatures) = (vocabulary, weights, networkFeatures);
    }

    public int Count => _weights.Length;

    /// <summary>Words and stems have the first ids; only they are read by the networks.</summary>
    public int NetworkFeatures { get; }

    /// <summary>Chooses and weighs the features of labelled texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The class of every text.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="scratch">Buffers.</param>
    public static FeatureSpace Fit(
        IReadOnlyList<string> texts, IReadOnlyList<int> labels, int classes, FeatureScratch scratch)
    {
        var statistics = new FeatureStatistics(labels, classes);
        // Class after class: then the tally of a feature for the class at hand is always the last one.
        foreach (var i in Enumerable.Range(0, texts.Count).OrderBy(i => labels[i]))
        {
            IntentFeatures.Extract(texts[i], scratch);
            statistics.Add(scratch, i, labels[i]);
        }
        // With few examples a letter n-gram seen once is still worth keeping; with many it is only weight.
        return statistics.ToSpace(rareFrom: texts.Count < 3000 ? 1 : 2,
            (vocabulary, weights, network) => new FeatureSpace(vocabulary, weights, network));
    }

    /// <summary>Fills ids and values of the text whose keys are in the scratch.</summary>
    public void Vectorize(FeatureScratch scratch)
    {
        scratch.ReserveFeatures(Count);
        scratch.Used = 0;
        var (words, unknown) = (0, 0);
        for (var family = 0; family < FeatureScratch.Families; family++)
        {
            var first = scratch.Used;
            var missing = AddFamily(scratch, scratch.Keys[family].Items);
            Scale(scratch, first, BlockLengths[family]);
            if (family == (int)FeatureFamily.Word) (words, unknown) = (scratch.Keys[family].Items.Length, missing);
            if (family == (int)FeatureFamily.Stem) scratch.UsedByNetwork = scratch.Used;
        }
        scratch.Novelty = words == 0 ? 1 : (double)unknown / words;
    }

    /// <summary>The same as a vector of its own, for training.</summary>
    public SparseVector ToVector(string text, FeatureScratch scratch)
    {
        IntentFeatures.Extract(text, scratch);
        Vectorize(scratch);
        var indices = scratch.Ids.AsSpan(0, scratch.Used).ToArray();
        var values = scratch.Values.AsSpan(0, scratch.Used).ToArray();
        Array.Sort(indices, values);
        return new SparseVector(indices, values);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(NetworkFeatures);
        _vocabulary.Save(writer);
        foreach (var weight in _weights) writer.Write(weight);
    }

    public static FeatureSpace Load(BinaryReader reader)
    {
        var network = reader.ReadInt32();
        var vocabulary = Vocabulary.Load(reader);
        if (network < 0 || network > vocabulary.Count) throw new InvalidDataException("The features do not add up.");
        var weights = new float[vocabulary.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = reader.ReadSingle();
        return new FeatureSpace(vocabulary, weights, network);
    }

    /// <summary>Collects the distinct features of one family; returns how many keys are unknown.</summary>
    private int AddFamily(FeatureScratch scratch, ReadOnlySpan<ulong> keys)
    {
        var (counts, ids, used, missing) = (scratch.Counts, scratch.Ids, scratch.Used, 0);
        foreach (var key in keys)
        {
            var id = _vocabulary.Find(key);
            if (id < 0) missing++;
            else if (counts[id]++ == 0) ids[used++] = id;
        }
        scratch.Used = used;
        return missing;
    }

    private void Scale(FeatureScratch scratch, int first, float length)
    {
        var (counts, ids, values) = (scratch.Counts, scratch.Ids, scratch.Values);
        var sum = 0f;
        for (var i = first; i < scratch.Used; i++)
        {
            var count = counts[ids[i]];
            counts[ids[i]] = 0;
            var value = _weights[ids[i]] * CountWeights[Math.Min(count, CountWeights.Length - 1)];
            values[i] = value;
            sum += value * value;
        }
        if (sum == 0) return;
        var scale = length / MathF.Sqrt(sum);
        for (var i = first; i < scratch.Used; i++) values[i] *= scale;
    }
}
