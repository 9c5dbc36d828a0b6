using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Baton.Incidents.Digesting.Drawing;

namespace Baton.Tests.Incidents.Digesting;

/// <summary>The picture of a digest, read back by the letter of the format.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void Writes_a_png_that_says_its_size_and_holds_every_point()
    {
        var raster = new Raster(7, 3);
        raster.Fill(2, 1, 3, 9, Ink.Answered);
        raster.Fill(-5, -5, 6, 6, Ink.People);
        var chunks = Chunks(PngFile.Of(raster));

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal((7, 3), (BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data),
            BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4))));
        Assert.Equal(Enum.GetValues<Ink>().Length * 3, chunks[1].Data.Length);
        using var points = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress))
            zlib.CopyTo(points);
        Assert.Equal("0 3000000 0 0022200 0 0022200",
            string.Join(' ', points.ToArray().Chunk(8).Select(row => $"{row[0]} {string.Concat(row[1..])}")));
    }

    [Fact]
    public void Letters_are_drawn_and_what_is_no_letter_is_left_blank()
    {
        var raster = new Raster(Glyphs.Width("1é-"), Glyphs.Height);
        Assert.Equal(17, raster.Width);
        raster.Write("1é-", 0, 0, 1);

        Assert.Equal("00100000000000000", string.Concat(raster.Row(0).ToArray()));
        Assert.Equal("00100000000011111", string.Concat(raster.Row(3).ToArray()));
        Assert.Equal("01110000000000000", string.Concat(raster.Row(6).ToArray()));
    }

    /// <summary>The chunks, each with the checksum that its bytes have.</summary>
    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var (type, data) = (Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + size)]);
            chunks.Add((type, data));
            at += 12 + size;
        }
        // The checksum of an empty end is known from the standard.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], file[^4..]);
        return chunks;
    }
}
