using System.Numerics.Tensors;

namespace Baton.Triage.Intents;

/// <summary>
/// A network with one hidden layer over words and stems: it sees combinations of words, which a linear model cannot.
/// Weights of the input are one row of hidden units per feature, those of the output one row per class.
/// </summary>
internal sealed class SentenceNet(int features, int hidden, int classes)
{
    public int Features { get; } = features;

    public int Hidden { get; } = hidden;

    public int Classes { get; } = classes;

    public float[] Input { get; } = new float[features * hidden];

    public float[] HiddenBias { get; } = new float[hidden];

    public float[] Output { get; } = new float[classes * hidden];

    public float[] OutputBias { get; } = new float[classes];

    /// <summary>The input weights of one feature.</summary>
    public Span<float> Row(int feature) => Input.AsSpan(feature * Hidden, Hidden);

    /// <summary>The output weights of one class.</summary>
    public Span<float> ClassRow(int @class) => Output.AsSpan(@class * Hidden, Hidden);

    /// <summary>Writes the log-odds of every class, up to a constant.</summary>
    public void Score(ReadOnlySpan<int> ids, ReadOnlySpan<float> values, Span<float> hidden, Span<float> scores)
    {
        HiddenBias.CopyTo(hidden);
        for (var i = 0; i < ids.Length; i++) TensorPrimitives.MultiplyAdd(Row(ids[i]), values[i], hidden, hidden);
        TensorPrimitives.Max(hidden, 0f, hidden);
        for (var c = 0; c < Classes; c++) scores[c] = OutputBias[c] + TensorPrimitives.Dot(ClassRow(c), hidden);
    }

    /// <summary>
    /// One network that gives the weighted sum of what several say: their hidden units side by side.
    /// </summary>
    public static SentenceNet Sum(IReadOnlyList<SentenceNet> networks, float weight)
    {
        var (features, classes) = (networks[0].Features, networks[0].Classes);
        var sum = new SentenceNet(features, networks.Sum(n => n.Hidden), classes);
        var at = 0;
        foreach (var network in networks)
        {
            network.HiddenBias.CopyTo(sum.HiddenBias.AsSpan(at));
            for (var f = 0; f < features; f++) network.Row(f).CopyTo(sum.Row(f)[at..]);
            for (var c = 0; c < classes; c++) network.ClassRow(c).CopyTo(sum.ClassRow(c)[at..]);
            TensorPrimitives.Add(sum.OutputBias, network.OutputBias, sum.OutputBias);
            at += network.Hidden;
        }
        TensorPrimitives.Multiply(sum.Output, weight, sum.Output);
        TensorPrimitives.Multiply(sum.OutputBias, weight, sum.OutputBias);
        return sum;
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var size in (ReadOnlySpan<int>)[Features, Hidden, Classes]) writer.Write(size);
        foreach (var part in Parts()) WeightFile.Write(writer, part);
    }

    public static SentenceNet Load(BinaryReader reader)
    {
        var (features, hidden, classes) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        WeightFile.Check(features, hidden);
        WeightFile.Check(classes, hidden);
        var network = new SentenceNet(features, hidden, classes);
        foreach (var part in network.Parts()) WeightFile.Read(reader, part);
        return network;
    }

    private float[][] Parts() => [Input, HiddenBias, Output, OutputBias];
}
