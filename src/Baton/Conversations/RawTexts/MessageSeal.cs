using System.Buffers.Binary;
using System.Text;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Conversations.RawTexts;

/// <summary>What of a message only its key opens: null where a message has none of it.</summary>
internal readonly record struct SealedWords(
    string? Body, string? Subject = null, string? Sender = null, string? Digest = null)
{
    /// <summary>Four texts, each after its length; -1 is none.</summary>
    public byte[] Pack()
    {
        string?[] all = [Body, Subject, Sender, Digest];
        var packed = new byte[all.Sum(t => 4 + (t is null ? 0 : Encoding.UTF8.GetByteCount(t)))];
        var at = 0;
        foreach (var text in all)
        {
            var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, packed.AsSpan(at + 4));
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(at), length);
            at += 4 + Math.Max(0, length);
        }
        return packed;
    }

    public static SealedWords Unpack(ReadOnlySpan<byte> packed)
    {
        var texts = new string?[4];
        for (var i = 0; i < texts.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(packed);
            if (length >= 0) texts[i] = Encoding.UTF8.GetString(packed.Slice(4, length));
            packed = packed[(4 + Math.Max(0, length))..];
        }
        return new SealedWords(texts[0], texts[1], texts[2], texts[3]);
    }
}

/// <summary>Opens what rows of the message table hold, those of before encryption included.</summary>
internal static class MessageSeal
{
    /// <summary>The texts of a row.</summary>
    /// <param name="first">Where they begin: <c>id, key_id, sealed, body, subject, sender, digest</c>.</param>
    /// <returns>Null bodies where the text was erased.</returns>
    public static SealedWords Open(ReadConnection connection, Row row, int first)
    {
        if (row.IsNull(first + 2))
            return new SealedWords(
                row.Text(first + 3) is { Length: > 0 } body ? body : null, row.TextOrNull(first + 4),
                row.TextOrNull(first + 5), row.TextOrNull(first + 6));
        return OpenWords(connection, row.Int64(first + 1), row.Text(first), row.Utf8(first + 2));
    }

    /// <summary>Texts that <see cref="Close"/> has closed; null bodies where the key was destroyed.</summary>
    public static SealedWords OpenWords(ReadConnection connection, long key, string place, ReadOnlySpan<byte> closed) =>
        connection.Keys.Find(key) is { } found ? SealedWords.Unpack(Seal.Open(found, closed, place)) : default;

    /// <summary>A file that <see cref="CloseFile"/> has closed; null where the key was destroyed.</summary>
    public static byte[]? OpenFile(ReadConnection connection, long key, string place, ReadOnlySpan<byte> closed) =>
        connection.Keys.Find(key) is { } found ? Seal.Open(found, closed, place + " body") : null;

    public static byte[] CloseFile(ReadConnection connection, long key, string place, byte[] body) =>
        Seal.Close(KeyOf(connection, key), body, place + " body");

    /// <summary>The placeholders of a row: its sealed ones, or those of before; null when erased or none.</summary>
    public static string? Values(ReadConnection connection, string id, long? key, byte[]? closed, string? before)
    {
        if (closed is null) return before;
        return connection.Keys.Find(key!.Value) is { } found
            ? Encoding.UTF8.GetString(Seal.Open(found, closed, Place(id)))
            : null;
    }

    public static byte[] Close(ReadConnection connection, long key, string id, SealedWords words) =>
        Seal.Close(KeyOf(connection, key), words.Pack(), id);

    public static byte[]? CloseValues(ReadConnection connection, long key, string id, string? values) =>
        values is null ? null : Seal.Close(KeyOf(connection, key), Encoding.UTF8.GetBytes(values), Place(id));

    private static byte[] KeyOf(ReadConnection connection, long key) =>
        connection.Keys.Find(key) ?? throw new StorageException(
            $"key {key} was destroyed while a message was written with it; write it again.", isTransient: true);

    private static string Place(string id) => id + " values";
}
