using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Baton.Text.Learning;

/// <summary>
/// Weights of every feature for every class, one row per feature, so that scoring a text adds a handful of short rows.
/// Safe for use by many threads once trained or loaded.
/// </summary>
public sealed class LinearModel
{
    private const uint Magic = 0x314C4E42; // "BNL1"
    private const int MaxCells = 1 << 29;

    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <summary>A model whose weights are all zero.</summary>
    public LinearModel(int features, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if ((long)features * classes > MaxCells)
            throw new ArgumentException($"{features} features × {classes} classes is more than {MaxCells} weights.");
        (Features, Classes) = (features, classes);
        _weights = new float[features * classes + RowSums.Slack];
        _bias = new float[classes];
    }

    /// <summary>Number of features; larger indices are ignored when scoring.</summary>
    public int Features { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>What every class scores for an empty text.</summary>
    public ReadOnlySpan<float> Biases => _bias;

    /// <summary>The weights of one feature, one per class.</summary>
    public ReadOnlySpan<float> WeightsOf(int feature) => _weights.AsSpan(feature * Classes, Classes);

    /// <summary>Writes the score of every class; higher is likelier.</summary>
    /// <param name="vector">The text's features.</param>
    /// <param name="scores">One place per class.</param>
    public void Score(SparseVector vector, Span<float> scores)
    {
        scores = scores[..Classes];
        _bias.CopyTo(scores);
        for (var i = 0; i < vector.Indices.Length; i++)
        {
            if ((uint)vector.Indices[i] >= (uint)Features) continue;
            var row = _weights.AsSpan(vector.Indices[i] * Classes, Classes);
            TensorPrimitives.MultiplyAdd(row, vector.Values[i], scores, scores);
        }
    }

    /// <summary>Writes the weights as they are: header, bias, rows (little-endian 32-bit floats).</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Features);
        writer.Write(Classes);
        writer.Write(MemoryMarshal.AsBytes(_bias.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan(0, Features * Classes)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not a model, or cut short.</exception>
    public static LinearModel Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a linear model.");
            var (features, classes) = (reader.ReadInt32(), reader.ReadInt32());
            if (features < 0 || classes < 1 || (long)features * classes > MaxCells)
                throw new InvalidDataException(
                    $"A model of {features} features and {classes} classes is not possible.");
            var model = new LinearModel(features, classes);
            stream.ReadExactly(MemoryMarshal.AsBytes(model._bias.AsSpan()));
            stream.ReadExactly(MemoryMarshal.AsBytes(model._weights.AsSpan(0, features * classes)));
            return model;
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The linear model is cut short.", error);
        }
    }

    /// <summary>Adds the scores of features, biases left out; see <see cref="RowSums.Add"/> for the spans.</summary>
    internal void AddScores(ReadOnlySpan<int> features, ReadOnlySpan<float> values, Span<float> sums) =>
        RowSums.Add(_weights, Classes, features, values, sums);

    /// <summary>
    /// Takes the weights of one class from every <paramref name="step"/>-th place, the constant's last.
    /// </summary>
    internal void SetClass(int @class, float[] weights, float bias, int start = 0, int step = 1)
    {
        for (var feature = 0; feature < Features; feature++)
            _weights[feature * Classes + @class] = weights[feature * step + start];
        _bias[@class] = weights[Features * step + start] * bias;
    }
}
