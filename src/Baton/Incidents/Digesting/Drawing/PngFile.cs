using System.Buffers.Binary;
using System.IO.Compression;

namespace Baton.Incidents.Digesting.Drawing;

/// <summary>Writes a raster as a PNG with a palette (ISO/IEC 15948), without filters.</summary>
internal static class PngFile
{
    private const byte BitsOfPoint = 8, WithPalette = 3;

    private const uint Polynomial = 0xEDB88320;

    /// <summary>Red, green, blue in the order of <see cref="Ink"/>.</summary>
    private static readonly byte[] Palette =
        [0xFF, 0xFF, 0xFF, 0x3A, 0x42, 0x4E, 0x1F, 0x6F, 0xB5, 0xF2, 0xA9, 0x3B];

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Of(Raster raster)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), raster.Height);
        (head[8], head[9]) = (BitsOfPoint, WithPalette);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "PLTE"u8, Palette);
        Chunk(file, "IDAT"u8, Points(raster));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Points(Raster raster)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var y = 0; y < raster.Height; y++)
            {
                // Each row says first how it is filtered: not at all.
                zlib.WriteByte(0);
                zlib.Write(raster.Row(y));
            }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
        }
        return crc;
    }
}
