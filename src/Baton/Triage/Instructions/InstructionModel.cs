using System.IO.Compression;
using Baton.Text;
using Baton.Text.Learning;

namespace Baton.Triage.Instructions;

/// <summary>A linear model of attempts: weights in one byte each, and the score from which it is one.</summary>
internal sealed class InstructionModel(sbyte[] weights, float scale, float bias, float threshold)
{
    private const uint Magic = 0x314E4942; // "BIN1"

    private static readonly Lazy<InstructionModel> Shipped = new(LoadDefault);

    /// <summary>The model that ships with Baton.</summary>
    public static InstructionModel Default => Shipped.Value;

    /// <summary>Log-odds above which a text is an attempt.</summary>
    public float Threshold { get; } = threshold;

    /// <summary>Log-odds that a text is an attempt.</summary>
    public float LogOdds(SparseVector features)
    {
        var sum = 0f;
        for (var i = 0; i < features.Count; i++) sum += weights[features.Indices[i]] * features.Values[i];
        return sum * scale + bias;
    }

    /// <summary>The same weights with another threshold.</summary>
    public InstructionModel WithThreshold(float value) => new(weights, scale, bias, value);

    /// <summary>The weight of one feature: how much a word speaks for an attempt.</summary>
    public float Weight(ulong key) => weights[FeatureKey.Bucket(key, InstructionFeatures.Bits)] * scale;

    /// <summary>Packs a trained two-class model.</summary>
    public static InstructionModel From(LinearModel model, float threshold)
    {
        var largest = 1e-9f;
        for (var i = 0; i < model.Features; i++) largest = Math.Max(largest, Math.Abs(model.WeightsOf(i)[1]));
        var packed = new sbyte[model.Features];
        for (var i = 0; i < packed.Length; i++) packed[i] = (sbyte)MathF.Round(model.WeightsOf(i)[1] / largest * 127);
        return new InstructionModel(packed, largest / 127, model.Biases[1], threshold);
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        writer.Write(Magic);
        writer.Write(scale);
        writer.Write(bias);
        writer.Write(Threshold);
        writer.Write(weights.Length);
        foreach (var weight in weights) writer.Write(weight);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a model, or cut short.</exception>
    public static InstructionModel Load(Stream stream)
    {
        using var reader = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress));
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a model of instruction attempts.");
            var (scale, bias, threshold) = (reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
            if (reader.ReadInt32() != 1 << InstructionFeatures.Bits)
                throw new InvalidDataException("The model has another size.");
            var weights = new sbyte[1 << InstructionFeatures.Bits];
            for (var i = 0; i < weights.Length; i++) weights[i] = reader.ReadSByte();
            return new InstructionModel(weights, scale, bias, threshold);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The model of instruction attempts is cut short.", error);
        }
    }

    private static InstructionModel LoadDefault()
    {
        using var stream = typeof(InstructionModel).Assembly.GetManifestResourceStream(
            "Baton.Triage.Instructions.instructions.bin")
            ?? throw new InvalidDataException("The weights of the instruction detector are missing from the build.");
        return Load(stream);
    }
}
