using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Baton.Text.Learning;
using Baton.Triage.Intents.Features;

namespace Baton.Triage.Intents.Networks;

/// <summary>
/// Input rows of frequent words, stems and letter groups, learnt from public sets of intents: words that mean alike lie
/// near each other, so a network that starts from them needs fewer examples and fewer passes. Weights are kept in one
/// byte each. Made by <c>baton train words</c>.
/// </summary>
internal sealed class LearntWords
{
    private const uint Magic = 0x31574C42; // "BLW1"
    private const string File = "Baton.Triage.Intents.Networks.words.bin";

    /// <summary>
    /// A little less than learnt leaves room to learn what the words mean here; found by cross-validation.
    /// </summary>
    private const float StartScale = 0.5f;

    private static readonly Lazy<LearntWords?> Embedded = new(() =>
    {
        using var stream = typeof(LearntWords).Assembly.GetManifestResourceStream(File);
        return stream is null ? null : Load(stream);
    });

    private readonly Vocabulary _vocabulary;
    private readonly float[] _scales;
    private readonly sbyte[] _rows;
    private readonly float[] _bias;

    private LearntWords(Vocabulary vocabulary, float[] scales, sbyte[] rows, float[] bias) =>
        (_vocabulary, _scales, _rows, _bias) = (vocabulary, scales, rows, bias);

    /// <summary>Those that come with the program; null in a program built without them.</summary>
    public static LearntWords? Default => Embedded.Value;

    public int Count => _scales.Length;

    /// <summary>Hidden units of the networks they fit.</summary>
    public int Width => _bias.Length;

    /// <summary>Learns the rows of the most frequent features from labelled texts of any kind.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">Hidden units, seed.</param>
    /// <param name="epochs">Passes over the texts.</param>
    /// <param name="rows">Features kept at most.</param>
    public static LearntWords Train(IReadOnlyList<string> texts, IReadOnlyList<int> labels, int classes,
        IntentModelOptions options, int epochs, int rows)
    {
        var scratch = new FeatureScratch();
        var space = FeatureSpace.Fit(texts, labels, classes, few: false, scratch);
        var vectors = texts.Select(t => space.ToVectors(t, scratch).Network).ToArray();
        var network = SentenceNetTrainer.Train(
            vectors, labels, classes, space.NetworkFeatures, options.HiddenUnits, epochs, options.Seed);
        var seen = new int[space.NetworkFeatures];
        foreach (var vector in vectors)
            foreach (var feature in vector.Indices) seen[feature]++;

        var keys = space.Keys();
        var kept = Enumerable.Range(0, seen.Length).OrderByDescending(f => seen[f]).ThenBy(f => f).Take(rows).ToArray();
        var vocabulary = new Vocabulary(kept.Length);
        var (scales, bytes) = (new float[kept.Length], new sbyte[kept.Length * network.Hidden]);
        foreach (var (at, feature) in kept.Index())
        {
            vocabulary.Add(keys[feature]);
            var row = network.Row(feature);
            scales[at] = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(row)), 1e-6f) / sbyte.MaxValue;
            for (var h = 0; h < row.Length; h++) bytes[at * row.Length + h] = (sbyte)MathF.Round(row[h] / scales[at]);
        }
        return new LearntWords(vocabulary, scales, bytes, network.HiddenBias);
    }

    /// <summary>
    /// Sets the input of a network whose features have these keys; features not known stay as they are.
    /// </summary>
    public void Start(SentenceNet network, ulong[] keys)
    {
        if (network.Hidden != Width) return;
        TensorPrimitives.Multiply(_bias, StartScale, network.HiddenBias);
        for (var feature = 0; feature < network.Features; feature++)
        {
            var known = _vocabulary.Find(keys[feature]);
            if (known < 0) continue;
            var row = network.Row(feature);
            for (var h = 0; h < row.Length; h++) row[h] = _rows[known * Width + h] * _scales[known] * StartScale;
        }
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Width);
        _vocabulary.Save(writer);
        WeightFile.Write(writer, _bias);
        WeightFile.Write(writer, _scales);
        writer.Write(MemoryMarshal.AsBytes(_rows.AsSpan()));
    }

    /// <exception cref="InvalidDataException">Not such a file, or damaged.</exception>
    public static LearntWords Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a file of learnt words.");
        var width = reader.ReadInt32();
        var vocabulary = Vocabulary.Load(reader);
        WeightFile.Check(vocabulary.Count, width);
        var (scales, bias) = (new float[vocabulary.Count], new float[width]);
        var rows = new sbyte[vocabulary.Count * width];
        WeightFile.Read(reader, bias);
        WeightFile.Read(reader, scales);
        stream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        return new LearntWords(vocabulary, scales, rows, bias);
    }
}
