using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baton.Audit.Exporting;

/// <summary>What an exported file is worth.</summary>
/// <param name="Problem">Why it is not what was exported; null: it is.</param>
/// <param name="Key">Id of the key that signed it; null where that cannot be read.</param>
internal sealed record AuditCheckResult(string? Problem, long Entries, string? Digest, string? Key, string? MadeAt);

/// <summary>Checks an exported file without a database: the signature of its manifest, then the digest.</summary>
internal static class AuditCheck
{
    private const int LongestManifest = 64 * 1024, LongestSignature = 1024;

    /// <param name="publicKey">PEM of the key that is trusted; null takes the one in the file, which proves only that
    /// the file is whole.</param>
    public static AuditCheckResult Run(string path, string? publicKey)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (Read(zip, AuditExport.Manifest, LongestManifest) is not { } manifest
                || Read(zip, AuditExport.Signature, LongestSignature) is not { } signature)
                return Bad("it has no manifest, or no signature of one: it was not written by audit export");
            var json = JsonNode.Parse(manifest)!.AsObject();
            var pem = publicKey ?? (string?)json["public_key"] ?? "";
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            var result = new AuditCheckResult(null, (long)json["entries"]!, (string?)json["sha256"],
                SigningKey.IdOf(key.ExportSubjectPublicKeyInfo()), (string?)json["made_at"]);
            var signed = Convert.FromBase64String(Encoding.ASCII.GetString(signature).Trim());
            if (!key.VerifyData(
                manifest, signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
                return result with { Problem = publicKey is null
                    ? "its manifest was changed after it was signed" : "its manifest was changed, or signed with another key" };
            if (Digest(zip, (string?)json["file"] ?? "") is not { } digest)
                return result with { Problem = $"the file {json["file"]} is missing in it" };
            return digest != result.Digest ? result with { Problem = "its entries were changed after they were signed" }
                : result;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or FormatException
            or CryptographicException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return Bad($"it cannot be read: {error.Message}");
        }
    }

    private static AuditCheckResult Bad(string problem) => new(problem, 0, null, null, null);

    private static byte[]? Read(ZipArchive zip, string name, int longest)
    {
        if (zip.GetEntry(name) is not { } entry || entry.Length > longest) return null;
        using var file = entry.Open();
        var content = new byte[entry.Length];
        file.ReadExactly(content);
        return content;
    }

    private static string? Digest(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        using var file = entry.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
