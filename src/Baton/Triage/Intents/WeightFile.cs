using System.Runtime.InteropServices;

namespace Baton.Triage.Intents;

/// <summary>Arrays of weights in a stream: little-endian 32-bit floats without a length.</summary>
internal static class WeightFile
{
    private const long MaxWeights = 1 << 29;

    public static void Write(BinaryWriter writer, float[] weights) =>
        writer.Write(MemoryMarshal.AsBytes(weights.AsSpan()));

    public static void Read(BinaryReader reader, float[] weights) =>
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));

    /// <exception cref="InvalidDataException">A size that no model of ours has, so the file is damaged.</exception>
    public static void Check(int rows, int columns)
    {
        if (rows < 0 || columns < 0 || (long)rows * columns > MaxWeights)
            throw new InvalidDataException(
                $"A table of {rows} × {columns} weights is not possible: the model file is damaged.");
    }
}
