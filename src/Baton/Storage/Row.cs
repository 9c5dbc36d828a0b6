using System.Text;

namespace Baton.Storage;

/// <summary>The current row of a query. Columns count from 0 in the order of the select list.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int column);

    public abstract long Int64(int column);

    public abstract double Double(int column);

    /// <summary>The bytes of a text or blob, valid until the next row is read.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column);

    public int Int32(int column) => (int)Int64(column);

    public bool Bool(int column) => Int64(column) != 0;

    public virtual string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <summary>A time that was stored as milliseconds since 1970.</summary>
    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public byte[] Bytes(int column) => Utf8(column).ToArray();
}
