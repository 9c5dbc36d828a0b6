using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Archive.Places;
using Baton.Archive.Segments;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Archive;

/// <summary>Something that is not as it was written.</summary>
/// <param name="Where">A segment, a file, or a ticket.</param>
internal sealed record ArchiveFault(string Where, string What);

/// <summary>The result of walking everything, here and archived.</summary>
/// <param name="Events">Here, and in the checkpoints of what left.</param>
/// <param name="Segments">In the chain, those that certificates stand for included.</param>
/// <param name="Digest">
/// SHA-256 over the digest of the ledger and that of the last manifest. Kept outside the machine, it also shows an
/// archive that was rewritten as a whole together with the database.
/// </param>
internal sealed record ArchiveVerdict(long Events, long Segments, string Digest, IReadOnlyList<ArchiveFault> Faults);

/// <summary>
/// Walks the ledger and every segment: the chain of manifests, every file, and every stream over the cut into what is
/// still here. Changes nothing.
/// </summary>
/// <param name="from">Where the segments are; null: where each was written.</param>
internal sealed class ArchiveWalk(Database database, ArchiveOptions options, string? from)
{
    private readonly Dictionary<string, (long Version, string Hash)> _ends = new(StringComparer.Ordinal);
    private readonly HashSet<(string Stream, long Version, string Hash)> _earlier = [];
    private readonly HashSet<string> _going = [];
    private readonly List<ArchiveFault> _faults = [];

    /// <summary>Reads everything once.</summary>
    public async Task<ArchiveVerdict> RunAsync(CancellationToken cancellationToken)
    {
        var (ledger, segments, told) = database.Read(c => (LedgerVerifier.Verify(c), ArchiveSegment.All(c), Told(c)));
        foreach (var problem in ledger.Problems)
            Find(problem.StreamId ?? "ledger", problem.Version is { } version ? $"version {version}: {problem.What}"
                : problem.What);
        var previous = "";
        // What was not read back holds nothing that is not here.
        segments.RemoveAll(s => s.State < SegmentState.Verified);
        foreach (var segment in segments)
        {
            if (segment.Previous != previous)
                Find(segment.Name, "names another segment before it than the one that is there");
            if (told.GetValueOrDefault(segment.Number) is { } digest && digest != segment.Digest)
                Find(segment.Name, "the ledger tells of another digest than the list of segments");
            await WalkAsync(segment, cancellationToken).ConfigureAwait(false);
            previous = segment.Digest!;
        }
        foreach (var number in told.Keys.Where(n => segments.TrueForAll(s => s.Number != n)).Order())
            Find($"segment {number}", "was written, as the ledger tells, and is not in the list of segments");
        CheckCheckpoints();
        return new ArchiveVerdict(ledger.Events, segments.Count, Digest(ledger.Digest, previous), _faults);
    }

    private async Task WalkAsync(ArchiveSegment segment, CancellationToken cancellationToken)
    {
        try
        {
            using var place = ArchivePlace.Of(from is null ? segment.Location : ArchivePlace.Whole(from), options);
            using var work = new WorkFolder();
            var reader = new SegmentReader(place, work.Path, from is null ? segment.Versions : null);
            if (segment.State >= SegmentState.Expiring)
            {
                _going.Add(segment.Month);
                await CheckCertificateAsync(segment, reader, cancellationToken).ConfigureAwait(false);
                return;
            }
            var manifest = await reader.ManifestAsync(segment.ManifestName, segment.Digest, cancellationToken)
                .ConfigureAwait(false);
            if (manifest is null)
            {
                Find(segment.Name, $"{segment.ManifestName} is missing");
                return;
            }
            if (manifest.Previous != segment.Previous || manifest.Number != segment.Number)
                Find(segment.Name, "its manifest stands in another place of the chain");
            foreach (var head in manifest.Heads) Follow(segment, head);
            await reader.ReadAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or StorageException or IOException)
        {
            Find(segment.Name, error.Message);
        }
    }

    private static async Task CheckCertificateAsync(
        ArchiveSegment segment, SegmentReader reader, CancellationToken cancellationToken)
    {
        var bytes = await reader.BytesAsync(segment.CertificateName, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"{segment.CertificateName} is missing");
        if (SegmentManifest.DigestOf(bytes) != segment.Certificate)
            throw new InvalidDataException($"{segment.CertificateName} was changed");
        var certificate = SegmentManifest.Read<ExpiryCertificate>(segment.CertificateName, bytes);
        if (certificate.Manifest != segment.Digest || certificate.Previous != segment.Previous)
            throw new InvalidDataException($"{segment.CertificateName} stands for another segment");
    }

    /// <summary>A stream goes on where the segment before left it.</summary>
    private void Follow(ArchiveSegment segment, SegmentHead head)
    {
        var (version, hash) = _ends.GetValueOrDefault(head.Stream, (0, ""));
        if (head.From != version + 1 || head.Previous != hash)
            Find(segment.Name, $"{head.Stream} does not go on where an earlier segment left it");
        if (version > 0) _earlier.Add((head.Stream, version, hash));
        _ends[head.Stream] = (head.To, head.Last);
    }

    /// <summary>
    /// What the database goes on from is where a segment ends; the last one, when nothing is under way, as the ledger's
    /// own walk finds.
    /// </summary>
    private void CheckCheckpoints()
    {
        for (var after = ""; Checkpoints(after) is { Count: > 0 } page; after = page[^1].Stream)
            foreach (var (stream, version, hash, month) in page)
                if (!_going.Contains(month) && !_earlier.Contains((stream, version, hash))
                    && _ends.GetValueOrDefault(stream) != (version, hash))
                    Find(stream, $"left the database up to version {version}, and no segment ends there");
    }

    private List<(string Stream, long Version, string Hash, string Month)> Checkpoints(string after) =>
        database.Read(c => c.Query(
            """
            select conversation_id, version, hash, month from archived_streams where conversation_id > $1
            order by conversation_id limit 1000
            """,
            row => (row.Text(0), row.Int64(1), row.Text(2), row.Text(3)), after));

    /// <summary>The digests of which the ledger itself tells.</summary>
    private static Dictionary<long, string> Told(ReadConnection connection)
    {
        var told = new Dictionary<long, string>();
        foreach (var fact in Ledger.Read(connection, ArchiveSegment.Stream))
            if (fact.Type == "ArchiveVerified")
            {
                var data = JsonElement.Parse(fact.Data.Span);
                told[data.GetProperty("number").GetInt64()] = data.GetProperty("digest").GetString()!;
            }
        return told;
    }

    private static string Digest(string ledger, string last) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ledger}\n{last}\n")));

    private void Find(string where, string what)
    {
        if (_faults.Count < LedgerVerifier.ProblemLimit) _faults.Add(new ArchiveFault(where, what));
    }
}
