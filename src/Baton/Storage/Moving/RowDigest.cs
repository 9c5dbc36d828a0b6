using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Storage.Moving;

/// <summary>
/// A number for the rows of a table whatever their order is: the sum, modulo 2^256, of the SHA-256 of each. Databases
/// sort texts by different rules.
/// </summary>
internal sealed class RowDigest
{
    private readonly ulong[] _sum = new ulong[4];
    private readonly ArrayBufferWriter<byte> _row = new();

    /// <summary>Goes on from what <see cref="ToString"/> gave.</summary>
    public static RowDigest From(string hex)
    {
        var digest = new RowDigest();
        var bytes = Convert.FromHexString(hex);
        for (var i = 0; i < 4; i++) digest._sum[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8 * i));
        return digest;
    }

    public void Add(ReadOnlySpan<SqlValue> row)
    {
        _row.ResetWrittenCount();
        foreach (var value in row) Write(value);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_row.WrittenSpan, hash);
        UInt128 carry = 0;
        for (var i = 0; i < 4; i++)
        {
            carry += (UInt128)_sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(8 * i)..]);
            _sum[i] = (ulong)carry;
            carry >>= 64;
        }
    }

    /// <summary>64 hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[32];
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], _sum[i]);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The kind, the length and the bytes, so that no two rows look the same.</summary>
    private void Write(in SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlKind.Integer or SqlKind.Real:
                Head(value.Kind, 8);
                BinaryPrimitives.WriteInt64LittleEndian(_row.GetSpan(8), value.Bits);
                _row.Advance(8);
                break;
            case SqlKind.Text:
                // PostgreSQL keeps U+0000 as the character that stands for it.
                var text = Encoding.UTF8.GetBytes(((string)value.Reference!).Replace('\0', '\u2400'));
                Head(SqlKind.Text, text.Length);
                _row.Write(text);
                break;
            case SqlKind.Blob:
                Head(SqlKind.Blob, value.Bytes.Length);
                _row.Write(value.Bytes);
                break;
            default:
                Head(SqlKind.Null, 0);
                break;
        }
    }

    private void Head(SqlKind kind, int length)
    {
        var head = _row.GetSpan(5);
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], length);
        _row.Advance(5);
    }
}
