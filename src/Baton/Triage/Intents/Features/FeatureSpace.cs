using Baton.Text.Learning;

namespace Baton.Triage.Intents.Features;

/// <summary>
/// The features a model knows and what each weighs: rare features more (inverse document frequency), and features that
/// point to few intents much more (one minus the entropy of the intent given the feature). Every family of features is
/// a block of fixed length, so that long words do not drown short ones.
/// </summary>
internal sealed class FeatureSpace
{
    private static readonly float[] BlockLengths = [1, 1, 1.2f, 1, 1];
    private static readonly float[] CountWeights =
        [.. Enumerable.Range(0, 64).Select(c => c == 0 ? 0 : 1 + MathF.Log(c))];

    private readonly Vocabulary _vocabulary;
    private readonly float[] _weights;
    private readonly float[] _networkWeights;

    private FeatureSpace(Vocabulary vocabulary, float[] weights, float[] networkWeights, WordTable words) =>
        (_vocabulary, _weights, _networkWeights, Words) = (vocabulary, weights, networkWeights, words);

    public int Count => _weights.Length;

    /// <summary>Words, stems and letters have the first ids; only they are read by the networks.</summary>
    public int NetworkFeatures => _networkWeights.Length;

    /// <summary>The words of the training texts.</summary>
    public WordTable Words { get; }

    /// <summary>The number of a word, −1 when it is unknown.</summary>
    public int FindWord(ulong key) => Words.PlaceOf(_vocabulary.Find(key));

    public float LinearWeight(int feature) => _weights[feature];

    public float NetworkWeight(int feature) => _networkWeights[feature];

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
            IntentFeatures.Extract(texts[i], scratch, read: statistics.Reader(scratch));
            statistics.Add(scratch, i, labels[i]);
        }
        return statistics.ToSpace((vocabulary, weights, network) => new FeatureSpace(
            vocabulary, weights, network, WordTable.Build(statistics.Words, vocabulary, network.Length)));
    }

    /// <summary>Fills ids and values of the text whose keys are in the scratch.</summary>
    public void Vectorize(FeatureScratch scratch)
    {
        var ofWords = 0;
        // A word, its stem and its letters.
        foreach (var word in scratch.Words.Items) ofWords += 2 + Words.LettersOf(word).Length;
        scratch.ReserveFeatures(Count, ofWords);
        scratch.Used = 0;
        var unknown = AddFamily(scratch, FeatureFamily.Word);
        AddFamily(scratch, FeatureFamily.Stem);
        AddLetters(scratch);
        scratch.UsedByNetwork = scratch.Used;
        AddFamily(scratch, FeatureFamily.Pair);
        AddFamily(scratch, FeatureFamily.Near);
        var words = scratch.Words.Items.Length + scratch.Keys[(int)FeatureFamily.Word].Items.Length;
        scratch.Novelty = words == 0 ? 1 : (double)unknown / words;
    }

    /// <summary>
    /// The same as vectors of their own, for training: what the linear part and what the networks read.
    /// </summary>
    public (SparseVector Linear, SparseVector Network) ToVectors(string text, FeatureScratch scratch)
    {
        IntentFeatures.Extract(text, scratch);
        Vectorize(scratch);
        var ids = scratch.Ids.AsSpan();
        return (Sorted(ids[..scratch.Used], scratch.Values),
            Sorted(ids[..scratch.UsedByNetwork], scratch.NetworkValues));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(NetworkFeatures);
        _vocabulary.Save(writer);
        WeightFile.Write(writer, _weights);
        WeightFile.Write(writer, _networkWeights);
        Words.Save(writer);
    }

    public static FeatureSpace Load(BinaryReader reader)
    {
        var network = reader.ReadInt32();
        var vocabulary = Vocabulary.Load(reader);
        if (network < 0 || network > vocabulary.Count) throw new InvalidDataException("The features do not add up.");
        var (weights, networkWeights) = (new float[vocabulary.Count], new float[network]);
        WeightFile.Read(reader, weights);
        WeightFile.Read(reader, networkWeights);
        return new FeatureSpace(vocabulary, weights, networkWeights, WordTable.Load(reader, network));
    }

    /// <summary>
    /// Adds the distinct features of one family with their values; returns how many keys are unknown.
    /// </summary>
    private int AddFamily(FeatureScratch scratch, FeatureFamily family)
    {
        var (first, missing) = (scratch.Used, 0);
        foreach (var word in scratch.Words.Items)
        {
            if (family > FeatureFamily.Stem) break;
            Count1(scratch, family == FeatureFamily.Word ? Words.IdOf(word) : Words.StemIds[word]);
        }
        foreach (var key in scratch.Keys[(int)family].Items)
            if (!Count1(scratch, _vocabulary.Find(key))) missing++;
        var length = BlockLengths[(int)family];
        Scale(scratch, first, length, _weights, scratch.Values, CountWeights);
        if (family <= FeatureFamily.Stem)
            Scale(scratch, first, 1, _networkWeights, scratch.NetworkValues, CountWeights);
        for (var i = first; i < scratch.Used; i++) scratch.Counts[scratch.Ids[i]] = 0;
        return missing;
    }

    /// <summary>
    /// Letters count as often as they occur, so that the letters of a text are the sum of those of its words: known
    /// words are left to <see cref="WordRows"/>, which have summed theirs, and only need the scale.
    /// </summary>
    private void AddLetters(FeatureScratch scratch)
    {
        var first = scratch.Used;
        foreach (var word in scratch.Words.Items)
            foreach (var letters in Words.LettersOf(word)) Count1(scratch, letters);
        foreach (var key in scratch.Keys[(int)FeatureFamily.Letters].Items) Count1(scratch, _vocabulary.Find(key));
        scratch.LettersScale =
            Scale(scratch, first, BlockLengths[(int)FeatureFamily.Letters], _weights, scratch.Values, null);
        scratch.NetworkLettersScale = Scale(scratch, first, 1, _networkWeights, scratch.NetworkValues, null);
        for (var i = first; i < scratch.Used; i++) scratch.Counts[scratch.Ids[i]] = 0;
        if (scratch.Words.Items.Length == 0) return;

        scratch.Used = first;
        foreach (var key in scratch.Keys[(int)FeatureFamily.Letters].Items)
        {
            if (_vocabulary.Find(key) is var id && id < 0) continue;
            scratch.Ids[scratch.Used] = id;
            scratch.Values[scratch.Used] = _weights[id] * scratch.LettersScale;
            scratch.NetworkValues[scratch.Used++] = _networkWeights[id] * scratch.NetworkLettersScale;
        }
    }

    private static bool Count1(FeatureScratch scratch, int id)
    {
        if (id < 0) return false;
        if (scratch.Counts[id]++ == 0) scratch.Ids[scratch.Used++] = id;
        return true;
    }

    /// <summary>
    /// Sets the values from <paramref name="first"/> on to a block of the given length; returns the factor.
    /// </summary>
    private static float Scale(
        FeatureScratch scratch, int first, float length, float[] weights, float[] values, float[]? countWeights)
    {
        var (counts, ids) = (scratch.Counts, scratch.Ids);
        var sum = 0f;
        for (var i = first; i < scratch.Used; i++)
        {
            var count = counts[ids[i]];
            var value = weights[ids[i]] * (
                countWeights is null ? count : countWeights[Math.Min(count, countWeights.Length - 1)]);
            values[i] = value;
            sum += value * value;
        }
        if (sum == 0) return 0;
        var scale = length / MathF.Sqrt(sum);
        for (var i = first; i < scratch.Used; i++) values[i] *= scale;
        return scale;
    }

    private static SparseVector Sorted(ReadOnlySpan<int> ids, float[] values)
    {
        var vector = new SparseVector(ids.ToArray(), values.AsSpan(0, ids.Length).ToArray());
        Array.Sort(vector.Indices, vector.Values);
        return vector;
    }
}
