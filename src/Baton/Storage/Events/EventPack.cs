using System.IO.Compression;
using System.Text;

namespace Baton.Storage.Events;

/// <summary>
/// The events of one stream from its first to some version, compressed. Hashes are not in it: they are made again from
/// the rest, and the last one must be the one that the stream's checkpoint keeps.
/// </summary>
internal static class EventPack
{
    private const int Quality = 5, Window = 22;

    /// <summary>Bytes that a pack may come to when it is opened: more is no pack of ours.</summary>
    private const int Largest = 256 * 1024 * 1024;

    /// <summary>Packs events from version 1 on without a gap.</summary>
    public static byte[] Close(IReadOnlyList<StoredEvent> events)
    {
        var plain = new MemoryStream();
        using (var writer = new BinaryWriter(plain, Encoding.UTF8, leaveOpen: true))
        {
            var seq = 0L;
            writer.Write7BitEncodedInt(events.Count);
            foreach (var fact in events)
            {
                writer.Write7BitEncodedInt64(fact.Seq - seq);
                seq = fact.Seq;
                writer.Write7BitEncodedInt64(fact.At.UtcTicks);
                writer.Write(fact.Type);
                writer.Write7BitEncodedInt(fact.Data.Length);
                writer.Write(fact.Data.Span);
            }
        }
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength((int)plain.Length) + 4];
        BitConverter.TryWriteBytes(packed, (int)plain.Length);
        return BrotliEncoder.TryCompress(
            plain.GetBuffer().AsSpan(0, (int)plain.Length), packed.AsSpan(4), out var written, Quality, Window)
            ? packed[..(4 + written)]
            : throw new InvalidOperationException($"{plain.Length} bytes do not compress");
    }

    /// <summary>The events of a pack, each with its hash.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Close"/> made.</exception>
    public static List<StoredEvent> Open(string stream, ReadOnlySpan<byte> packed)
    {
        var length = packed.Length < 4 ? -1 : BitConverter.ToInt32(packed);
        if (length is < 0 or > Largest) throw Broken(stream);
        var plain = new byte[length];
        if (!BrotliDecoder.TryDecompress(packed[4..], plain, out var written) || written != length)
            throw Broken(stream);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
            return Read(stream, reader);
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw Broken(stream);
        }
    }

    private static List<StoredEvent> Read(string stream, BinaryReader reader)
    {
        var events = new List<StoredEvent>();
        var (chain, seq, previous) = (new EventHash(), 0L, Array.Empty<byte>());
        for (var (version, count) = (1, reader.Read7BitEncodedInt()); version <= count; version++)
        {
            seq += reader.Read7BitEncodedInt64();
            var at = new DateTimeOffset(reader.Read7BitEncodedInt64(), TimeSpan.Zero);
            var type = reader.ReadString();
            var data = reader.ReadBytes(reader.Read7BitEncodedInt());
            chain.Compute(previous, stream, version, type, Encoding.ASCII.GetBytes(Ledger.Time(at)), data);
            previous = chain.Hash.ToArray();
            events.Add(new StoredEvent
            {
                Seq = seq, StreamId = stream, Version = version, Type = type, At = at, Data = data,
                Hash = Encoding.ASCII.GetString(previous),
            });
        }
        return events;
    }

    private static InvalidDataException Broken(string stream) => new($"{stream}: its packed events cannot be read");
}
