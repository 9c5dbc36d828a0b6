using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Storage.Backups;

/// <summary>Decrypts what <see cref="SealingStream"/> wrote.</summary>
/// <remarks>Fails with <see cref="InvalidDataException"/> where the file is not whole, or the key is another.</remarks>
internal sealed class OpeningStream : Stream
{
    private readonly Stream _from;
    private readonly AesGcm _cipher;
    private readonly byte[] _piece = new byte[BackupForm.Piece], _closed = new byte[BackupForm.Piece + BackupForm.Tag];
    private int _filled, _read;
    private long _number;
    private bool _last;

    public OpeningStream(Stream from, byte[] key)
    {
        var head = new byte[BackupForm.Magic.Length + BackupForm.Salt];
        if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head.AsSpan().StartsWith(BackupForm.Magic))
            throw new InvalidDataException("this is no backup of Baton");
        (_from, _cipher) = (from, BackupForm.Cipher(key, head[BackupForm.Magic.Length..]));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_read == _filled)
        {
            if (_last) return 0;
            Next();
        }
        var part = Math.Min(buffer.Length, _filled - _read);
        _piece.AsSpan(_read, part).CopyTo(buffer);
        _read += part;
        return part;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _cipher.Dispose();
        base.Dispose(disposing);
    }

    private void Next()
    {
        Span<byte> nonce = stackalloc byte[BackupForm.Nonce], length = stackalloc byte[4];
        Fill(length);
        var word = BinaryPrimitives.ReadUInt32BigEndian(length);
        _last = (word & BackupForm.Last) != 0;
        var size = (int)(word & ~BackupForm.Last);
        if (size > BackupForm.Piece) throw new InvalidDataException($"piece {_number} is damaged");
        Fill(_closed.AsSpan(0, size + BackupForm.Tag));
        BackupForm.Mark(nonce, _number, _last);
        try
        {
            _cipher.Decrypt(
                nonce, _closed.AsSpan(0, size), _closed.AsSpan(size, BackupForm.Tag), _piece.AsSpan(0, size));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvalidDataException(_number == 0
                ? "the key is not the one it was made with, or its beginning is damaged" : $"piece {_number} is damaged");
        }
        (_filled, _read, _number) = (size, 0, _number + 1);
        if (_last && _from.ReadByte() >= 0) throw new InvalidDataException("something was added behind its end");
    }

    private void Fill(Span<byte> into)
    {
        if (_from.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) < into.Length)
            throw new InvalidDataException($"it ends early, after {_number} pieces");
    }
}
