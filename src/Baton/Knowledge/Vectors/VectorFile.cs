using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Knowledge.Vectors;

/// <summary>
/// Vectors of a playbook's own texts on the disk, one file a model, so that a start encodes only what changed. A file
/// that cannot be read counts as empty.
/// </summary>
internal sealed class VectorFile(string folder, string model)
{
    private const uint Magic = 0x31434556; // "VEC1"
    private const int KeyBytes = 16;
    private const int MostVectors = 1_000_000;

    private readonly string _path = Path.Combine(folder, $"{Key(model)}.vectors");

    /// <summary>What a text is kept under.</summary>
    public static UInt128 Key(string text) =>
        MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyBytes));

    public Dictionary<UInt128, float[]> Read()
    {
        var vectors = new Dictionary<UInt128, float[]>();
        if (!File.Exists(_path)) return vectors;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(_path));
            if (reader.ReadUInt32() != Magic) return vectors;
            var (count, size) = (reader.ReadInt32(), reader.ReadInt32());
            if (count is < 0 or > MostVectors || size is <= 0 or > ushort.MaxValue) return vectors;
            for (var i = 0; i < count; i++)
            {
                var key = MemoryMarshal.Read<UInt128>(reader.ReadBytes(KeyBytes));
                var vector = new float[size];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
                vectors[key] = vector;
            }
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)
        {
            return [];
        }
        return vectors;
    }

    /// <summary>Two programs may write at once: each writes its own file, and the last one to rename wins.</summary>
    public void Write(IEnumerable<(UInt128 Key, float[] Vector)> vectors)
    {
        var all = vectors.ToList();
        Directory.CreateDirectory(folder);
        var unfinished = $"{_path}.{Path.GetRandomFileName()}.tmp";
        using (var writer = new BinaryWriter(File.Create(unfinished)))
        {
            writer.Write(Magic);
            writer.Write(all.Count);
            writer.Write(all.Count == 0 ? 1 : all[0].Vector.Length);
            foreach (var (key, vector) in all)
            {
                writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in key)));
                writer.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        }
        File.Move(unfinished, _path, overwrite: true);
    }
}
