using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// The features a model knows and what each weighs: rare features more (inverse document frequency), and features that
/// point to few intents much more (one minus the entropy of the intent given the feature). Every family of features is
/// a block of fixed length, so that long words do not drown short ones.
/// </summary>
internal sealed class FeatureSpace
{
    private static readonly float[] BlockLengths = [1, 1, 1.2f, 1, 1];
    private static readonly float[] CountWeights = [.. Enumerable.Range(0, 64).Select(c => c == 0 ? 0 : 1 + MathF.Log(c))];

    private readonly Vocabulary _vocabulary;
    private readonly float[] _weights;
    private readonly float[] _networkWeights;

    private FeatureSpace(Vocabulary vocabulary, float[] weights, float[] networkWeights) =>
        (_vocabulary, _weights, _networkWeights) = (vocabulary, weights, networkWeights);

    public int Count => _weights.Length;

    /// <summary>Words, stems and letters have the first ids; only they are read by the networks.</summary>
    public int NetworkFeatures => _networkWeights.Length;

    /// <summary>The identity of every feature, at the place of its id.</summary>
    public ulong[] Keys() => _vocabulary.Keys();

    /// <summary>Chooses and weighs the features of labelled texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The class of every text.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="few">Whether classes have few examples.</param>
    /// <param name="scratch">Buffers.</param>
    public static FeatureSpace Fit(
        IReadOnlyList<string> texts, IReadOnlyList<int> labels, int classes, bool few, FeatureScratch scratch)
    {
        var statistics = new FeatureStatistics(labels, classes, few);
        // Class after class: then the tally of a feature for the class at hand is always the last one.
        foreach (var i in Enumerable.Range(0, texts.Count).OrderBy(i => labels[i]))
        {
            IntentFeatures.Extract(texts[i], scratch);
            statistics.Add(scratch, i, labels[i]);
        }
        return statistics.ToSpace((vocabulary, weights, network) => new FeatureSpace(vocabulary, weights, network));
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
            if (family <= (int)FeatureFamily.Letters) Scale(scratch, first, 1, _networkWeights, scratch.NetworkValues);
            Scale(scratch, first, BlockLengths[family], _weights, scratch.Values);
            for (var i = first; i < scratch.Used; i++) scratch.Counts[scratch.Ids[i]] = 0;
            if (family == (int)FeatureFamily.Word) (words, unknown) = (scratch.Keys[family].Items.Length, missing);
            if (family == (int)FeatureFamily.Letters) scratch.UsedByNetwork = scratch.Used;
        }
        scratch.Novelty = words == 0 ? 1 : (double)unknown / words;
    }

    /// <summary>The same as vectors of their own, for training: what the linear part and what the networks read.</summary>
    public (SparseVector Linear, SparseVector Network) ToVectors(string text, FeatureScratch scratch)
    {
        IntentFeatures.Extract(text, scratch);
        Vectorize(scratch);
        var ids = scratch.Ids.AsSpan();
        return (Sorted(ids[..scratch.Used], scratch.Values), Sorted(ids[..scratch.UsedByNetwork], scratch.NetworkValues));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(NetworkFeatures);
        _vocabulary.Save(writer);
        WeightFile.Write(writer, _weights);
        WeightFile.Write(writer, _networkWeights);
    }

    public static FeatureSpace Load(BinaryReader reader)
    {
        var network = reader.ReadInt32();
        var vocabulary = Vocabulary.Load(reader);
        if (network < 0 || network > vocabulary.Count) throw new InvalidDataException("The features do not add up.");
        var (weights, networkWeights) = (new float[vocabulary.Count], new float[network]);
        WeightFile.Read(reader, weights);
        WeightFile.Read(reader, networkWeights);
        return new FeatureSpace(vocabulary, weights, networkWeights);
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

    private static void Scale(FeatureScratch scratch, int first, float length, float[] weights, float[] values)
    {
        var (counts, ids) = (scratch.Counts, scratch.Ids);
        var sum = 0f;
        for (var i = first; i < scratch.Used; i++)
        {
            var value = weights[ids[i]] * CountWeights[Math.Min(counts[ids[i]], CountWeights.Length - 1)];
            values[i] = value;
            sum += value * value;
        }
        if (sum == 0) return;
        var scale = length / MathF.Sqrt(sum);
        for (var i = first; i < scratch.Used; i++) values[i] *= scale;
    }

    private static SparseVector Sorted(ReadOnlySpan<int> ids, float[] values)
    {
        var vector = new SparseVector(ids.ToArray(), values.AsSpan(0, ids.Length).ToArray());
        Array.Sort(vector.Indices, vector.Values);
        return vector;
    }
}
