using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Storage.Backups;

/// <summary>
/// The form of an encrypted file: <c>BATONBK1</c>, 32 random bytes, then pieces of at most 1 MiB, each with its length
/// (4 bytes, the highest bit set on the last piece), AES-256-GCM text and tag. The key of a file is HKDF-SHA256 of the
/// backup key and those bytes, the nonce of a piece its number, so that no piece can be left out, moved or cut off.
/// </summary>
internal static class BackupForm
{
    public const int KeyBytes = 32, Salt = 32, Piece = 1024 * 1024, Tag = 16, Nonce = 12;

    public const uint Last = 0x8000_0000;

    public static ReadOnlySpan<byte> Magic => "BATONBK1"u8;

    public static AesGcm Cipher(byte[] key, byte[] salt) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, salt, Magic.ToArray()), Tag);

    /// <summary>Number and end of a piece, bound into it.</summary>
    public static void Mark(Span<byte> nonce, long number, bool last)
    {
        nonce.Clear();
        nonce[0] = last ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }
}
