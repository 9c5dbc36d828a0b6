namespace Baton.Storage;

/// <summary>One parameter of a statement, without boxing. Positional: the first one is <c>$1</c>.</summary>
internal readonly struct SqlValue
{
    private SqlValue(SqlKind kind, long bits, object? reference) => (Kind, Bits, Reference) = (kind, bits, reference);

    public SqlKind Kind { get; }

    /// <summary>The number, the bits of a double, or start and length of the used part of a byte array.</summary>
    public long Bits { get; }

    public object? Reference { get; }

    public ReadOnlySpan<byte> Bytes => ((byte[])Reference!).AsSpan((int)(Bits >> 32), (int)Bits);

    public static implicit operator SqlValue(string? text) =>
        text is null ? default : new SqlValue(SqlKind.Text, 0, text);

    public static implicit operator SqlValue(long number) => new(SqlKind.Integer, number, null);

    public static implicit operator SqlValue(long? number) => number is { } n ? n : default(SqlValue);

    public static implicit operator SqlValue(bool flag) => new(SqlKind.Integer, flag ? 1 : 0, null);

    public static implicit operator SqlValue(double number) =>
        new(SqlKind.Real, BitConverter.DoubleToInt64Bits(number), null);

    public static implicit operator SqlValue(byte[]? blob) =>
        blob is null ? default : new SqlValue(SqlKind.Blob, blob.Length, blob);

    /// <summary>Text that is already UTF-8: no copy is made before it is bound.</summary>
    public static SqlValue Utf8(byte[] buffer, int start, int length) =>
        new(SqlKind.Utf8, ((long)start << 32) | (uint)length, buffer);

    /// <summary>Milliseconds since 1970, the form of every time that is compared inside the database.</summary>
    public static SqlValue Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <inheritdoc cref="Ms(DateTimeOffset)"/>
    public static SqlValue Ms(DateTimeOffset? time) => time is { } t ? Ms(t) : default(SqlValue);
}

internal enum SqlKind : byte { Null, Integer, Real, Text, Utf8, Blob }
