using Baton.Archive.Places;
using Baton.Archive.Segments;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Archive;

/// <summary>What stands in the place of a segment that was destroyed: what it was, when and why it went.</summary>
/// <param name="Manifest">Digest of its manifest, which the next one names.</param>
/// <param name="Previous">Digest of the segment before.</param>
/// <param name="Files">What was destroyed.</param>
/// <param name="Rule">Why.</param>
internal sealed record ExpiryCertificate(
    int Format, long Number, string Month, int Part, string Manifest, string Previous, long Streams, long Events,
    long Messages, long Attachments, IReadOnlyList<SegmentFile> Files, DateTimeOffset ArchivedAt,
    DateTimeOffset DestroyedAt, string By, string Rule);

/// <summary>
/// Destroys months whose time is over, with everything that the database still keeps of their tickets. A certificate
/// takes the place of each segment, so that the chain of manifests stays whole.
/// </summary>
/// <param name="step">Hears of every step when it is over.</param>
internal sealed class ArchiveExpiry(Database database, ArchiveOptions options, Action<string>? step = null)
{
    private const int Batch = 50;

    private readonly ArchiveTurn _turn = new(database);

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    /// <summary>Segments whose months are over now, in the order of the chain. Nothing is changed.</summary>
    public List<ArchiveSegment> Due() =>
    [
        .. Over().Where(m => Objection(m) is null).SelectMany(m => m).Where(s => s.State != SegmentState.Expired)
            .OrderBy(s => s.Number),
    ];

    /// <summary>Months that are over and stay, and why.</summary>
    public List<(string Month, string Why)> Waiting() =>
        [.. Over().Select(m => (m.Key, Why: Objection(m))).Where(m => m.Why is not null).Select(m => (m.Key, m.Why!))];

    /// <summary>Destroys what is due; returns what was destroyed.</summary>
    /// <param name="by">Who asked for it.</param>
    /// <exception cref="StorageException">A place refuses, or the database failed; what was begun goes on next
    /// time.</exception>
    public async Task<List<ArchiveSegment>> RunAsync(string by, CancellationToken cancellationToken)
    {
        database.Liveness.Start();
        await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
        var done = new List<ArchiveSegment>();
        foreach (var month in Due().GroupBy(s => s.Month))
            if (await ExpireAsync([.. month], by, cancellationToken).ConfigureAwait(false)) done.AddRange(month);
        await _turn.EndAsync(cancellationToken).ConfigureAwait(false);
        return done;
    }

    private List<IGrouping<string, ArchiveSegment>> Over() =>
    [
        .. database.Read(ArchiveSegment.All).GroupBy(s => s.Month)
            .Where(m => m.Any(s => s.State == SegmentState.Expiring)
                || (m.Any(s => s.State == SegmentState.Archived) && m.All(IsOver))),
    ];

    private string? Objection(IGrouping<string, ArchiveSegment> month) =>
        database.Read(c => Holds(c, month.Key)) is { Count: > 0 } held
            ? $"held: {string.Join(", ", held)}; `baton retention hold --off` lifts a hold"
        : month.All(s => s.State != SegmentState.Expiring) && HasReturned(month.Key)
            ? "a customer came back to one of its tickets, which has to leave again first"
        : null;

    /// <summary>What of a month may not be destroyed, by law or by a case that runs.</summary>
    private static List<string> Holds(ReadConnection connection, string month) => connection.Query(
        """
        select h.scope, h.name from legal_holds h
        where (h.scope = 'ticket' and exists (
                select 1 from archived_streams a where a.conversation_id = h.name and a.month = $1))
            or (h.scope = 'customer' and exists (
                select 1 from conversations c join archived_streams a on a.conversation_id = c.conversation_id
                where c.customer_id = h.name and a.month = $1))
        order by h.scope, h.name
        """,
        row => $"{row.Text(0)} '{row.Text(1)}'", month);

    /// <summary>Whether it is held now; nobody sets a hold until the transaction is over.</summary>
    private static bool IsHeld(WriteTransaction transaction, string month)
    {
        transaction.Lock("legal-holds");
        return Holds(transaction, month).Count > 0;
    }

    /// <summary>One month; false when a hold was set meanwhile.</summary>
    private async Task<bool> ExpireAsync(
        List<ArchiveSegment> segments, string by, CancellationToken cancellationToken)
    {
        var month = segments[0].Month;
        foreach (var segment in segments.Where(s => s.State == SegmentState.Archived))
            if (!await CertifyAsync(segment, by, cancellationToken).ConfigureAwait(false)) return false;
        if (!await ForgetAsync(month, segments[^1].Number, cancellationToken).ConfigureAwait(false)) return false;
        foreach (var segment in database.Read(ArchiveSegment.All))
            if (segment.Month == month && segment.State == SegmentState.Expiring)
                await DestroyAsync(segment, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private bool IsOver(ArchiveSegment segment) => segment.State == SegmentState.Expired
        || (segment.State == SegmentState.Archived && segment.ChangedAt.AddYears(options.Years) <= Now);

    /// <summary>A customer who came back is answered first, and the ticket archived again.</summary>
    private bool HasReturned(string month) => database.Read(c => ArchiveMonths.Left(c, month, 1)).Count > 0;

    private async Task<bool> CertifyAsync(ArchiveSegment segment, string by, CancellationToken cancellationToken)
    {
        if (database.Read(c => Holds(c, segment.Month)).Count > 0) return false;
        using var place = ArchivePlace.Of(segment.Location, options);
        using var work = new WorkFolder();
        var manifest = await ManifestAsync(segment, place, work, cancellationToken).ConfigureAwait(false);
        var bytes = SegmentManifest.Write(new ExpiryCertificate(
            1, segment.Number, segment.Month, segment.Part, segment.Digest!, segment.Previous, segment.Streams,
            segment.Events, segment.Messages, segment.Attachments, manifest.Files, segment.ChangedAt, Now, by,
            $"kept for {options.Years} years"));
        await File.WriteAllBytesAsync(work.At(segment.CertificateName), bytes, cancellationToken).ConfigureAwait(false);
        await place.PutAsync(
            segment.CertificateName, work.At(segment.CertificateName), Now.AddYears(options.Years), cancellationToken)
            .ConfigureAwait(false);
        Over("certified " + segment.Name);
        var certificate = SegmentManifest.DigestOf(bytes);
        var isMoved = await database.WriteAsync(
            transaction =>
            {
                if (IsHeld(transaction, segment.Month)) return false;
                (segment with { State = SegmentState.Expiring, ChangedAt = Now, Certificate = certificate })
                    .Move(transaction, SegmentState.Archived, "ArchiveExpiring", ("certificate", certificate), ("by", by));
                return true;
            }, cancellationToken).ConfigureAwait(false);
        if (isMoved) Over("expiring " + segment.Name);
        return isMoved;
    }

    private static async Task<SegmentManifest> ManifestAsync(
        ArchiveSegment segment, ArchivePlace place, WorkFolder work, CancellationToken cancellationToken)
    {
        try
        {
            return await new SegmentReader(place, work.Path, segment.Versions)
                .ManifestAsync(segment.ManifestName, segment.Digest, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"{segment.ManifestName} is missing");
        }
        catch (InvalidDataException error)
        {
            throw new StorageException(
                $"{segment.Location}: {error.Message}; what is not whole is not certified. `baton audit verify` names all "
                + "of it.", isTransient: false);
        }
    }

    /// <summary>
    /// Takes every row of the month's tickets; figures of days that were added up stay. False when a hold was set
    /// meanwhile.
    /// </summary>
    private async Task<bool> ForgetAsync(string month, long number, CancellationToken cancellationToken)
    {
        var tables = database.Read(c => c.Catalog.Tables(c))
            .Where(t => t.Columns.Any(c => c.Name == "conversation_id")).Select(t => t.Name).ToList();
        while (true)
        {
            var forgot = await database.WriteAsync<int?>(
                transaction =>
                {
                    if (IsHeld(transaction, month)) return null;
                    var streams = transaction.Query(
                        "select conversation_id from archived_streams where month = $1 order by conversation_id limit $2",
                        row => row.Text(0), month, (long)Batch);
                    foreach (var stream in streams) Forget(transaction, tables, stream, number);
                    return streams.Count;
                }, cancellationToken).ConfigureAwait(false);
            if (forgot is null or 0) return forgot is not null;
            Over("forgot");
            await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Forget(WriteTransaction transaction, List<string> tables, string name, long number)
    {
        // Who read a ticket only after it had left has no checkpoint.
        foreach (var stream in ReservedStreams.Includes(name) ? [name] : SegmentWriter.StreamsOf(name))
        {
            transaction.Lock(stream);
            ForgetPositions(transaction, stream, number);
            transaction.Execute(
                "delete from deliveries where message_id in (select id from messages where conversation_id = $1)", stream);
            transaction.Execute(
                "delete from workflow_steps where run_id in (select id from workflow_runs where conversation_id = $1)",
                stream);
            transaction.Execute(
                "delete from approval_votes where approval_id in (select id from approvals where conversation_id = $1)",
                stream);
            transaction.Execute("delete from audit_entries where stream = $1", stream);
            foreach (var table in tables) transaction.Execute($"delete from {table} where conversation_id = $1", stream);
        }
    }

    /// <summary>Events that came since it left stand in the ledger's table, and go with it.</summary>
    private static void ForgetPositions(WriteTransaction transaction, string stream, long number)
    {
        var positions = transaction.Query("select seq from events where conversation_id = $1 order by seq",
            row => row.Int64(0), stream);
        if (positions.Count == 0) return;
        var known = transaction.First("select positions from archive_segments where number = $1",
            row => row.Bytes(0), number)!;
        transaction.Execute("update archive_segments set positions = $2 where number = $1", number,
            LedgerPositions.Pack(LedgerPositions.Ranges([
                .. LedgerPositions.Unpack(known).SelectMany(r => Each(r.From, r.To)), .. positions,
            ])));
    }

    private static IEnumerable<long> Each(long from, long to)
    {
        for (var at = from; at <= to; at++) yield return at;
    }

    private async Task DestroyAsync(ArchiveSegment segment, CancellationToken cancellationToken)
    {
        using var place = ArchivePlace.Of(segment.Location, options);
        // The manifest last: while it is there, something may be left to destroy.
        foreach (var file in (string[])
            [SegmentWriter.LinesOf(segment.Name), SegmentWriter.ParquetOf(segment.Name), segment.ManifestName])
        {
            await place.RemoveAsync(file, cancellationToken).ConfigureAwait(false);
            Over("destroyed " + file);
        }
        await database.WriteAsync(
            transaction => (segment with { State = SegmentState.Expired, ChangedAt = Now })
                .Move(transaction, SegmentState.Expiring, "ArchiveExpired", ("certificate", segment.Certificate!)),
            cancellationToken).ConfigureAwait(false);
        Over("expired " + segment.Name);
    }

    private void Over(string name) => step?.Invoke(name);
}
