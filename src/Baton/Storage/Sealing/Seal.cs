using System.Security.Cryptography;
using System.Text;

namespace Baton.Storage.Sealing;

/// <summary>Closes a text with a key (AES-256-GCM): nonce, tag, then the text.</summary>
internal static class Seal
{
    private const int Nonce = 12, Tag = 16;

    /// <param name="place">Where the text is kept: it opens there and nowhere else.</param>
    public static byte[] Close(byte[] key, ReadOnlySpan<byte> text, string place)
    {
        var closed = new byte[Nonce + Tag + text.Length];
        RandomNumberGenerator.Fill(closed.AsSpan(0, Nonce));
        using var cipher = new AesGcm(key, Tag);
        cipher.Encrypt(
            closed.AsSpan(0, Nonce), text, closed.AsSpan(Nonce + Tag), closed.AsSpan(Nonce, Tag),
            Encoding.UTF8.GetBytes(place));
        return closed;
    }

    /// <inheritdoc cref="Close"/>
    /// <exception cref="StorageException">It was changed, moved, or closed by another key.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> closed, string place)
    {
        var text = new byte[Math.Max(0, closed.Length - Nonce - Tag)];
        try
        {
            using var cipher = new AesGcm(key, Tag);
            cipher.Decrypt(
                closed[..Nonce], closed[(Nonce + Tag)..], closed.Slice(Nonce, Tag), text,
                Encoding.UTF8.GetBytes(place));
            return text;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new StorageException(
                $"message {place}: its text was changed in the database, or its key is another one.",
                isTransient: false);
        }
    }
}
