using System.Numerics.Tensors;
using Baton.Text.Learning;
using Baton.Triage.Intents.Features;

namespace Baton.Triage.Intents.Networks;

/// <summary>
/// A network with one hidden layer over words, stems and letters: it sees combinations of words, which a linear model
/// cannot. Weights of the input are one row of hidden units per feature, those of the output one row of classes per
/// hidden unit.
/// </summary>
internal sealed class SentenceNet(int features, int hidden, int classes)
{
    private const int Lanes = 16;

    public int Features { get; } = features;

    public int Hidden { get; } = hidden;

    public int Classes { get; } = classes;

    /// <summary>Classes rounded up to whole vectors; the weights of the classes that are not there stay zero.</summary>
    public int Stride { get; } = (classes + Lanes - 1) / Lanes * Lanes;

    public float[] Input { get; } = new float[features * hidden + RowSums.Slack];

    public float[] HiddenBias { get; } = new float[hidden];

    public float[] Output { get; } = new float[hidden * ((classes + Lanes - 1) / Lanes * Lanes) + RowSums.Slack];

    public float[] OutputBias { get; } = new float[(classes + Lanes - 1) / Lanes * Lanes];

    /// <summary>The input weights of one feature.</summary>
    public Span<float> Row(int feature) => Input.AsSpan(feature * Hidden, Hidden);

    /// <summary>The output weights of one hidden unit.</summary>
    public Span<float> UnitRow(int unit) => Output.AsSpan(unit * Stride, Stride);

    /// <summary>Adds the log-odds of every class, up to a constant, to the scores of the scratch.</summary>
    /// <param name="scratch">Holds the text and takes the scores.</param>
    /// <param name="words">Rows of the known words' letters; null when letters are among the features.</param>
    public void AddScores(FeatureScratch scratch, WordRows? words = null)
    {
        var hidden = scratch.Hidden.AsSpan();
        HiddenBias.CopyTo(hidden);
        RowSums.Add(Input, Hidden, scratch.Ids.AsSpan(0, scratch.UsedByNetwork), scratch.NetworkValues, hidden);
        words?.AddNetwork(scratch);
        var active = 0;
        for (var h = 0; h < Hidden; h++)
        {
            if (hidden[h] <= 0) continue;
            scratch.Units[active] = h;
            hidden[active++] = hidden[h];
        }
        var scores = scratch.Scores.AsSpan(0, Classes);
        TensorPrimitives.Add(scores, OutputBias.AsSpan(0, Classes), scores);
        RowSums.Add(Output, Stride, scratch.Units.AsSpan(0, active), hidden, scratch.Scores);
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
            for (var h = 0; h < network.Hidden; h++) network.UnitRow(h).CopyTo(sum.UnitRow(at + h));
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
