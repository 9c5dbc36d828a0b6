using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Storage.Events;

/// <summary>
/// The chain that ties each event to the one before it in its stream. The hash of an event is the SHA-256, in
/// lower-case hex, of these six fields in UTF-8, separated by line feeds: the hash of the event before (empty for the
/// first), stream, version, type, time, data. Anybody can check it with <c>printf '%s\n%s\n…' | sha256sum</c>.
/// </summary>
/// <remarks>Reusable and not thread-safe: it keeps one buffer so that hashing an event allocates nothing.</remarks>
internal sealed class EventHash
{
    /// <summary>Length of a hash in hex.</summary>
    public const int Length = 64;

    private readonly byte[] _hash = new byte[Length];
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];
    private byte[] _buffer = new byte[8 * 1024];
    private (int Start, int Length) _stream, _type, _at, _data;

    public SqlValue Stream => Field(_stream);

    public SqlValue Type => Field(_type);

    public SqlValue At => Field(_at);

    public SqlValue Data => Field(_data);

    /// <summary>The last hash that was computed, valid until the next one.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    public SqlValue HashValue => SqlValue.Utf8(_hash, 0, Length);

    /// <summary>Computes the hash of one event and keeps its encoded fields for the insert.</summary>
    public void Compute(
        ReadOnlySpan<byte> previous, string stream, long version, string type, ReadOnlySpan<byte> at,
        ReadOnlySpan<byte> data)
    {
        EnsureRoom(previous.Length + (3 * (stream.Length + type.Length)) + at.Length + data.Length + 100);
        var end = Put(previous, 0, out _);
        end = Put(stream, end, out _stream);
        end = PutNumber(version, end);
        end = Put(type, end, out _type);
        end = Put(at, end, out _at);
        data.CopyTo(_buffer.AsSpan(end));
        _data = (end, data.Length);
        SHA256.HashData(_buffer.AsSpan(0, end + data.Length), _digest);
        Convert.TryToHexStringLower(_digest, _hash, out _);
    }

    private SqlValue Field((int Start, int Length) at) => SqlValue.Utf8(_buffer, at.Start, at.Length);

    private void EnsureRoom(int bytes)
    {
        if (_buffer.Length < bytes) _buffer = new byte[bytes * 2];
    }

    private int Put(ReadOnlySpan<byte> field, int start, out (int Start, int Length) where)
    {
        field.CopyTo(_buffer.AsSpan(start));
        where = (start, field.Length);
        return Separate(start + field.Length);
    }

    private int Put(string field, int start, out (int Start, int Length) where)
    {
        var length = Encoding.UTF8.GetBytes(field, _buffer.AsSpan(start));
        where = (start, length);
        return Separate(start + length);
    }

    private int PutNumber(long number, int start)
    {
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(start), out var length);
        return Separate(start + length);
    }

    private int Separate(int at)
    {
        _buffer[at] = (byte)'\n';
        return at + 1;
    }
}
