using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Baton.Privacy.Tagging;

/// <summary>
/// Weights of the tagger: a hashed table with a row of labels per feature, transitions, and plain words.
/// </summary>
internal sealed class TaggerModel
{
    private const uint Magic = 0x31475442; // "BTG1"

    private readonly uint[] _plain;
    private readonly uint[] _plainTable;

    public TaggerModel(int rows, sbyte[] weights, float scale, float[] transitions, IEnumerable<uint> plain)
    {
        (Rows, Weights, Scale, Transitions) = (rows, weights, scale, transitions);
        _plain = [.. plain.Where(h => h != 0).Distinct().Order()];
        _plainTable = TableOf(_plain);
    }

    /// <summary>The model that ships with Baton.</summary>
    public static TaggerModel Default => Shipped.Value;

    private static readonly Lazy<TaggerModel> Shipped = new(LoadDefault);

    /// <summary>Number of rows, a power of two.</summary>
    public int Rows { get; }

    /// <summary>How far a 32-bit hash is shifted right to be a row.</summary>
    public int Shift => ShiftFor(Rows);

    public static int ShiftFor(int rows) => 32 - System.Numerics.BitOperations.Log2((uint)rows);

    /// <summary><see cref="TagLabels.Width"/> weights per row, in units of <see cref="Scale"/>.</summary>
    public sbyte[] Weights { get; }

    public float Scale { get; }

    /// <summary>Score of label b after label a at <c>a × Width + b</c>.</summary>
    public float[] Transitions { get; }

    /// <summary>A lower-case word that never was personal in training: needs no look.</summary>
    public bool IsPlain(ulong wordHash)
    {
        var table = _plainTable;
        var hash = (uint)(wordHash >> 16);
        for (var slot = (int)hash & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            if (table[slot] == hash) return true;
            if (table[slot] == 0) return false;
        }
    }

    public void Save(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(Magic);
        writer.Write(Rows);
        writer.Write(Scale);
        writer.Write(MemoryMarshal.AsBytes(Transitions.AsSpan()));
        // Column by column: neighbouring zeros pack better.
        for (var label = 0; label < TagLabels.Width; label++)
            for (var row = 0; row < Rows; row++) writer.Write(Weights[row * TagLabels.Width + label]);
        writer.Write(_plain.Length);
        foreach (var hash in _plain) writer.Write(hash);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not a tagger model, or cut short.</exception>
    public static TaggerModel Load(Stream stream)
    {
        using var reader = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress));
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a tagger model.");
            var rows = reader.ReadInt32();
            if (rows is < 1 or > 1 << 22)
                throw new InvalidDataException($"A tagger model of {rows} rows is not possible.");
            var scale = reader.ReadSingle();
            var transitions = new float[TagLabels.Width * TagLabels.Width];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(transitions.AsSpan()));
            var column = new byte[rows];
            var weights = new sbyte[rows * TagLabels.Width];
            for (var label = 0; label < TagLabels.Width; label++)
            {
                reader.BaseStream.ReadExactly(column);
                for (var row = 0; row < rows; row++) weights[row * TagLabels.Width + label] = (sbyte)column[row];
            }
            var plain = new uint[Math.Clamp(reader.ReadInt32(), 0, 1 << 20)];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(plain.AsSpan()));
            return new TaggerModel(rows, weights, scale, transitions, plain);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The tagger model is cut short.", error);
        }
    }

    private static uint[] TableOf(uint[] hashes)
    {
        var table = new uint[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)hashes.Length * 3 + 1)];
        foreach (var hash in hashes)
        {
            var slot = (int)hash & (table.Length - 1);
            while (table[slot] != 0) slot = (slot + 1) & (table.Length - 1);
            table[slot] = hash;
        }
        return table;
    }

    private static TaggerModel LoadDefault()
    {
        using var stream = typeof(TaggerModel).Assembly.GetManifestResourceStream("Baton.Privacy.Tagging.tagger.bin")
            ?? throw new InvalidDataException("The tagger's weights are missing from the build.");
        return Load(stream);
    }
}
