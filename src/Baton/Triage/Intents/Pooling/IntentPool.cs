using System.Numerics.Tensors;

namespace Baton.Triage.Intents.Pooling;

/// <summary>
/// The n-gram model and the vectors of a sentence encoder as one opinion, with a probability and a say about scope of
/// its own. Both are fitted on texts that neither had seen.
/// </summary>
internal sealed class IntentPool(
    string encoder, VectorScorer vectors, PoolWeights weights, ScopeScale scale, IntentCalibration calibration)
{
    /// <summary>Name of the encoder whose vectors it was trained on.</summary>
    public string Encoder => encoder;

    public int Classes => vectors.Classes;

    /// <summary>
    /// Replaces the n-gram model's scores by the pool's probabilities; returns how foreign the text is, 0 to 1, or null
    /// when the vector is not of this encoder and nothing was changed.
    /// </summary>
    public double? ToProbabilities(Span<float> scores, double novelty, ReadOnlySpan<float> vector)
    {
        if (vectors.Read(vector, scores) is not { } reading) return null;
        var foreignness = scale.Foreignness(IntentCalibration.Foreignness(scores, novelty), reading);
        weights.ToProbabilities(scores, reading);
        return calibration.OutOfScope(foreignness);
    }

    /// <summary>What the pool says of a held-out text; the n-gram model's scores where it has no vector.</summary>
    public float[] Probabilities(HeldOutScore text) => text.Reading is null ? text.Scores : Pooled(text, weights);

    /// <summary>Weighs the parts by what they said about texts they had not seen.</summary>
    public static IntentPool Fit(
        string encoder, VectorScorer vectors, IReadOnlyList<HeldOutScore> heldOut, double budget)
    {
        var weights = PoolWeights.Fit(heldOut);
        var recognised = heldOut
            .Where(h => h.Reading is not null && TensorPrimitives.IndexOfMax<float>(Pooled(h, weights)) == h.Label)
            .Select(h => (Words: IntentCalibration.Foreignness(h.Scores, h.Novelty), Reading: h.Reading!)).ToArray();
        var scale = ScopeScale.Fit(recognised);
        var threshold = IntentCalibration.ScopeOf(
            [.. recognised.Select(r => scale.Foreignness(r.Words, r.Reading))], budget);
        return new IntentPool(encoder, vectors, weights, scale, threshold ?? new IntentCalibration(1, 6, 1.5));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(encoder);
        writer.Write(weights.Words);
        writer.Write(weights.Head);
        writer.Write(weights.Near);
        scale.Save(writer);
        writer.Write(calibration.Threshold);
        writer.Write(calibration.Spread);
        vectors.Save(writer);
    }

    public static IntentPool Load(BinaryReader reader)
    {
        var encoder = reader.ReadString();
        var weights = new PoolWeights(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var scale = ScopeScale.Load(reader);
        var calibration = new IntentCalibration(1, reader.ReadDouble(), reader.ReadDouble());
        return new IntentPool(encoder, VectorScorer.Load(reader), weights, scale, calibration);
    }

    private static float[] Pooled(HeldOutScore text, PoolWeights weights)
    {
        var scores = (float[])text.Scores.Clone();
        weights.ToProbabilities(scores, text.Reading!);
        return scores;
    }
}
