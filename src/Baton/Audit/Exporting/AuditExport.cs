using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Audit.Entries;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Audit.Exporting;

/// <summary>What was written.</summary>
/// <param name="Digest">SHA-256 of the file of entries, in hex.</param>
/// <param name="Key">Id of the key that signed it.</param>
internal sealed record AuditExported(string Path, long Entries, string Digest, string Key);

/// <summary>Nothing can be exported as it was asked for; the message says what to do.</summary>
internal sealed class AuditExportException(string message) : Exception(message);

/// <summary>
/// Writes entries into a file for somebody outside: a ZIP of the entries, a manifest with their SHA-256, and the
/// signature of the manifest. Taking them away is an entry itself.
/// </summary>
internal sealed class AuditExport(Database database, AuditFollower follower, SigningKeys keys)
{
    public const string Manifest = "manifest.json", Signature = "manifest.sig", Jsonl = "jsonl", Csv = "csv";

    /// <summary>Entries of one file.</summary>
    public const int Most = 1_000_000;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whole under its name, or not there at all.</summary>
    /// <param name="format"><see cref="Jsonl"/> or <see cref="Csv"/>.</param>
    /// <exception cref="AuditExportException">There are too many, the target exists, or the format is none.</exception>
    public async Task<AuditExported> WriteAsync(
        string path, AuditFilter filter, string format, string by, CancellationToken cancellationToken)
    {
        if (format is not (Jsonl or Csv)) throw new AuditExportException($"format is '{format}': use jsonl or csv");
        if (File.Exists(path)) throw new AuditExportException($"{path}: exists already; name a new file");
        await follower.CatchUpAsync(cancellationToken, int.MaxValue).ConfigureAwait(false);
        var key = await keys.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var unfinished = path + ".part";
        try
        {
            AuditExported made;
            using (var zip = ZipFile.Open(unfinished, ZipArchiveMode.Create))
                made = Write(zip, filter, format, by, key, cancellationToken) with { Path = path };
            await database.WriteAsync(t => AccessRecord.Append(t, database.Clock.GetUtcNow(), nameof(AuditExported),
                ("by", by), ("filter", filter.ToString()), ("entries", $"{made.Entries}"), ("digest", made.Digest)),
                cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: false);
            return made;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private AuditExported Write(
        ZipArchive zip, AuditFilter filter, string format, string by, SigningKey key,
        CancellationToken cancellationToken)
    {
        var name = $"audit.{format}";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (entries, first, last) = (0L, 0L, 0L);
        using (var file = zip.CreateEntry(name).Open())
        {
            if (format == Csv) Put(AuditJson.Heads);
            for (var next = filter with { Limit = AuditFilter.MostOfPage }; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var page = database.Read(c => AuditQueries.Page(c, next));
                foreach (var entry in page.Items)
                {
                    if (++entries > Most)
                        throw new AuditExportException(
                            $"more than {Most:N0} entries: export a shorter time with --since and --until");
                    (first, last) = (entry.Seq, last == 0 ? entry.Seq : last);
                    Put(format == Csv ? AuditJson.Line(entry) : AuditJson.Of(entry).ToJsonString());
                }
                if (page.Next is not { } after) break;
                next = next with { After = after };
            }

            void Put(string line)
            {
                var bytes = Encoding.UTF8.GetBytes(line + '\n');
                hash.AppendData(bytes);
                file.Write(bytes);
            }
        }
        var (digest, head) = (Convert.ToHexStringLower(hash.GetHashAndReset()),
            database.Read(c => LedgerHead.Read(c, database.Clock.GetUtcNow())));
        var manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["file"] = name, ["sha256"] = digest, ["entries"] = entries, ["oldest_seq"] = first, ["newest_seq"] = last,
            ["filter"] = filter.ToString(), ["made_at"] = database.Clock.GetUtcNow().UtcDateTime.ToString("O"),
            ["made_by"] = by, ["ledger_seq"] = head.Seq, ["ledger_hash"] = head.Hash,
            ["key"] = key.Id, ["public_key"] = key.Pem,
        }.ToJsonString(Readable));
        Add(zip, Manifest, manifest);
        Add(zip, Signature, Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Sign(manifest)) + '\n'));
        return new AuditExported("", entries, digest, key.Id);
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var file = zip.CreateEntry(name).Open();
        file.Write(content);
    }
}
