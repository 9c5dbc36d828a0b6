namespace Baton.Channels.Email;

/// <summary>Keeps so many bytes at most and counts the rest.</summary>
internal sealed class LimitedStream(long limit) : MemoryStream
{
    /// <summary>Bytes that came, kept or not.</summary>
    public long Written { get; private set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Written += count;
        base.Write(buffer, offset, (int)Math.Min(count, Math.Max(0, limit - Length)));
    }

    // A derived stream's span comes back to the array: this way it ends there.
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void WriteByte(byte value) => Write([value], 0, 1);
}
