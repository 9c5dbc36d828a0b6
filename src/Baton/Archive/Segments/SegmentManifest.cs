using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Storage;

namespace Baton.Archive.Segments;

/// <summary>A file of a segment.</summary>
/// <param name="Sha256">In lower-case hex.</param>
internal sealed record SegmentFile(string Name, long Bytes, string Sha256)
{
    /// <summary>What a file on this machine comes to.</summary>
    public static async Task<SegmentFile> OfAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var digest = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
        return new SegmentFile(name, file.Length, Convert.ToHexStringLower(digest));
    }
}

/// <summary>The events of one stream in a segment.</summary>
/// <param name="From">Version of the first.</param>
/// <param name="Previous">Hash of the one before that; empty where it is the first of its stream.</param>
/// <param name="First">Hash of the first.</param>
/// <param name="To">Version of the last.</param>
/// <param name="Last">Hash of the last.</param>
/// <param name="Messages">Places of the messages that came along.</param>
internal sealed record SegmentHead(
    string Stream, long From, string Previous, string First, long To, string Last, IReadOnlyList<int> Messages);

/// <summary>
/// What a segment is: where it stands in the chain, its files and what they hold. Its own SHA-256 is the segment's
/// digest, which the next manifest names.
/// </summary>
internal sealed record SegmentManifest
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Of this file and the others.</summary>
    public int Format { get; init; } = 1;

    public required long Number { get; init; }

    public required string Month { get; init; }

    public required int Part { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Digest of the segment before; empty for the first.</summary>
    public required string Previous { get; init; }

    public required long Events { get; init; }

    public required long Messages { get; init; }

    public required long Attachments { get; init; }

    public required IReadOnlyList<SegmentFile> Files { get; init; }

    /// <summary>In order of the streams.</summary>
    public required IReadOnlyList<SegmentHead> Heads { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="StorageException">It is no manifest that this release can read.</exception>
    public static SegmentManifest Read(string name, byte[] utf8) => Read<SegmentManifest>(name, utf8) is
        { Format: 1 } manifest ? manifest
            : throw new StorageException($"{name}: a newer Baton wrote this format; use that one.", isTransient: false);

    /// <summary>Reads what this or a certificate wrote.</summary>
    public static T Read<T>(string name, byte[] utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Json) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new StorageException($"{name}: cannot be read: {error.Message}", isTransient: false);
        }
    }

    /// <summary>Writes a record in the same form.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    public static string DigestOf(byte[] utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));
}
