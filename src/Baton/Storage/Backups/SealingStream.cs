using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Storage.Backups;

/// <summary>Encrypts what is written to it; the file is whole once this was closed without an error.</summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream _to;
    private readonly AesGcm _cipher;
    private readonly byte[] _piece = new byte[BackupForm.Piece], _closed = new byte[BackupForm.Piece + BackupForm.Tag];
    private int _filled;
    private long _number;
    private bool _over;

    public SealingStream(Stream to, byte[] key)
    {
        var salt = RandomNumberGenerator.GetBytes(BackupForm.Salt);
        (_to, _cipher) = (to, BackupForm.Cipher(key, salt));
        _to.Write(BackupForm.Magic);
        _to.Write(salt);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _piece.Length) Put(last: false);
            var part = Math.Min(buffer.Length, _piece.Length - _filled);
            buffer[..part].CopyTo(_piece.AsSpan(_filled));
            _filled += part;
            buffer = buffer[part..];
        }
    }

    public override void Flush() { }

    /// <summary>Writes the last piece, without which the file is not whole.</summary>
    public void End()
    {
        if (_over) return;
        _over = true;
        Put(last: true);
        _to.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _cipher.Dispose();
        base.Dispose(disposing);
    }

    private void Put(bool last)
    {
        Span<byte> nonce = stackalloc byte[BackupForm.Nonce], length = stackalloc byte[4];
        BackupForm.Mark(nonce, _number++, last);
        var closed = _closed.AsSpan(0, _filled + BackupForm.Tag);
        _cipher.Encrypt(nonce, _piece.AsSpan(0, _filled), closed[..^BackupForm.Tag], closed[^BackupForm.Tag..]);
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)_filled | (last ? BackupForm.Last : 0));
        _to.Write(length);
        _to.Write(closed);
        _filled = 0;
    }
}
