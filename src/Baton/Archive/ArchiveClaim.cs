using Baton.Archive.Places;
using Baton.Archive.Segments;
using Baton.Storage;

namespace Baton.Archive;

/// <summary>
/// Names of segments are months, so two databases that archive to one place would write over each other's files: looks
/// first at what lies under a name.
/// </summary>
internal static class ArchiveClaim
{
    /// <summary>Of a segment that this database has not begun, nothing is there.</summary>
    /// <exception cref="StorageException">Something is: another database archives there, or a newer copy.</exception>
    public static async Task RefuseTakenAsync(
        ArchiveSegment next, ArchiveOptions options, CancellationToken cancellationToken)
    {
        using var place = ArchivePlace.Of(next.Location, options);
        if (await BytesAsync(next, place, cancellationToken).ConfigureAwait(false) is not null) throw Taken(next);
    }

    /// <summary>Of a segment that it has begun, what is there is an earlier try of its own.</summary>
    /// <exception cref="StorageException">It holds what is not here.</exception>
    public static async Task RefuseOthersAsync(
        Database database, ArchiveSegment segment, ArchivePlace place, CancellationToken cancellationToken)
    {
        if (await BytesAsync(segment, place, cancellationToken).ConfigureAwait(false) is not { } bytes) return;
        SegmentManifest found;
        try
        {
            found = SegmentManifest.Read(segment.ManifestName, bytes);
        }
        catch (StorageException)
        {
            // Its own, which was not whole when it was read back, is written anew.
            if (segment.Digest is null) throw Taken(segment);
            return;
        }
        if (found.Number != segment.Number || found.Previous != segment.Previous
            || !database.Read(c => found.Heads.All(head => Has(c, head)))) throw Taken(segment);
    }

    private static async Task<byte[]?> BytesAsync(
        ArchiveSegment segment, ArchivePlace place, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder();
        return await new SegmentReader(place, work.Path).BytesAsync(segment.ManifestName, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Nothing of a segment has left before it was read back.</summary>
    private static bool Has(ReadConnection connection, SegmentHead head) => connection.Number(
        "select 1 from events where conversation_id = $1 and version = $2 and hash = $3",
        head.Stream, head.To, head.Last) is not null;

    private static StorageException Taken(ArchiveSegment segment) => new(
        $"{segment.Location}: {segment.ManifestName} lies there and is not of this database: another database archives "
        + "there, or this is an older copy of one that did. Nothing was written; give each database a folder or a prefix "
        + "of its own (BATON__Archive__To).", isTransient: false);
}
