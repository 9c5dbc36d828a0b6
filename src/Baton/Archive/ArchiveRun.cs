using Baton.Archive.Places;
using Baton.Archive.Segments;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Archive;

/// <summary>What a run did, or would do.</summary>
/// <param name="Months">Those that left, or may.</param>
/// <param name="Waiting">Those that stay, and why.</param>
/// <param name="Segments">That left in this run.</param>
internal sealed record ArchiveReport(
    IReadOnlyList<ArchiveMonth> Months, IReadOnlyList<(string Month, string Why)> Waiting,
    IReadOnlyList<ArchiveSegment> Segments);

/// <summary>
/// Lets whole months leave the database, a segment after the other: write, read back, only then remove. Every step is
/// on the disk with an event before the next begins, so that a run that was ended anywhere goes on where it was.
/// </summary>
/// <param name="step">Hears of every step when it is over.</param>
/// <param name="followed">
/// Waits until those who follow the ledger's table have read what is about to leave it; null: nobody follows.
/// </param>
internal sealed class ArchiveRun(
    Database database, ArchiveOptions options, Action<string>? step = null,
    Func<CancellationToken, Task>? followed = null)
{
    /// <summary>Tickets that leave in one transaction: others write between two.</summary>
    private const int Batch = 50;

    private readonly ArchiveTurn _turn = new(database);

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    private List<string> Ready(string month, int limit) =>
        database.Read(c => ArchiveMonths.Ready(c, month, Now.AddDays(-options.Days), limit));

    /// <summary>What a run would do now. Nothing is changed.</summary>
    /// <param name="before">Months before this one alone; null is all.</param>
    public ArchiveReport Plan(string? before)
    {
        var months = ArchiveMonths.All(database).Where(m => m.Left > 0).ToList();
        var waiting = months
            .Select(m => (m.Name, Why: before is not null && string.CompareOrdinal(m.Name, before) >= 0
                ? $"it is not before {before}" : m.Objection(Now, options.Days)))
            .Where(m => m.Why is not null).Select(m => (m.Name, m.Why!)).ToList();
        return new ArchiveReport([.. months.Where(m => !waiting.Exists(w => w.Name == m.Name))], waiting, []);
    }

    /// <summary>Lets every month leave that may. What an earlier run began is ended first.</summary>
    /// <param name="location">Where to, for new segments.</param>
    /// <param name="by">Who asked for it.</param>
    /// <exception cref="StorageException">A place or the database failed, or holds what was not written.</exception>
    public async Task<ArchiveReport> RunAsync(
        string location, string? before, string by, CancellationToken cancellationToken)
    {
        using (ArchivePlace.Of(location, options)) { }
        location = ArchivePlace.Whole(location);
        database.Liveness.Start();
        await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
        var done = new List<ArchiveSegment>();
        foreach (var begun in database.Read(ArchiveSegment.All).Where(s => s.State < SegmentState.Archived))
            done.Add(await FinishAsync(begun, cancellationToken).ConfigureAwait(false));
        var plan = Plan(before);
        foreach (var month in plan.Months)
            while (Ready(month.Name, 1).Count > 0)
            {
                done.Add(await FinishAsync(
                    await BeginAsync(month.Name, location, by, cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false));
                // Whoever was left came back meanwhile.
                if (done[^1].Streams == 0) break;
            }
        await _turn.EndAsync(cancellationToken).ConfigureAwait(false);
        return plan with { Segments = done };
    }

    private async Task<ArchiveSegment> BeginAsync(
        string month, string location, string by, CancellationToken cancellationToken)
    {
        await ArchiveClaim.RefuseTakenAsync(database.Read(c => Next(c, month, location)), options, cancellationToken)
            .ConfigureAwait(false);
        var segment = await database.WriteAsync(
            transaction =>
            {
                transaction.Lock("archive");
                var next = Next(transaction, month, location);
                next.Insert(transaction, by);
                return next;
            }, cancellationToken).ConfigureAwait(false);
        Over("begun");
        return segment;
    }

    private ArchiveSegment Next(ReadConnection connection, string month, string location)
    {
        var all = ArchiveSegment.All(connection);
        return new ArchiveSegment
        {
            Number = all.Count + 1, Month = month, Part = all.Count(s => s.Month == month) + 1, Location = location,
            State = SegmentState.Begun, ChangedAt = Now, Previous = all.Count == 0 ? "" : all[^1].Digest!,
        };
    }

    private async Task<ArchiveSegment> FinishAsync(ArchiveSegment segment, CancellationToken cancellationToken)
    {
        using var place = ArchivePlace.Of(segment.Location, options);
        while (segment.State != SegmentState.Archived)
        {
            await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
            segment = await (segment.State switch
            {
                SegmentState.Begun => WriteAsync(segment, place, cancellationToken),
                SegmentState.Written => ReadBackAsync(segment, place, cancellationToken),
                _ => RemoveAsync(segment, place, cancellationToken),
            }).ConfigureAwait(false);
        }
        return segment;
    }

    private async Task<ArchiveSegment> WriteAsync(
        ArchiveSegment segment, ArchivePlace place, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder();
        var tickets = Ready(segment.Month, options.SegmentTickets);
        var (manifest, positions) = await new SegmentWriter(database, work.Path)
            .WriteAsync(segment, tickets, cancellationToken).ConfigureAwait(false);
        Over("exported");
        await ArchiveClaim.RefuseOthersAsync(database, segment, place, cancellationToken).ConfigureAwait(false);
        var (versions, keepUntil) = (new Dictionary<string, string>(), Now.AddYears(options.Years));
        var own = await SegmentFile.OfAsync(segment.ManifestName, work.At(segment.ManifestName), cancellationToken)
            .ConfigureAwait(false);
        // The manifest last: where it is, the others are.
        foreach (var file in manifest.Files.Append(own))
        {
            if (await place.PutAsync(file.Name, work.At(file.Name), keepUntil, cancellationToken).ConfigureAwait(false)
                is { } version) versions[file.Name] = version;
            Over("put " + file.Name);
            await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
        }
        var written = segment with
        {
            State = SegmentState.Written, ChangedAt = Now, Streams = manifest.Heads.Count, Events = manifest.Events,
            Messages = manifest.Messages, Attachments = manifest.Attachments, Digest = own.Sha256, Versions = versions,
            Bytes = own.Bytes + manifest.Files.Sum(f => f.Bytes),
        };
        await database.WriteAsync(
            transaction =>
            {
                written.Move(transaction, SegmentState.Begun, "ArchiveWritten", ("bytes", written.Bytes));
                transaction.Execute("update archive_segments set positions = $2 where number = $1",
                    written.Number, LedgerPositions.Pack(LedgerPositions.Ranges(positions)));
            }, cancellationToken).ConfigureAwait(false);
        Over("written");
        return written;
    }

    /// <summary>Nothing leaves before what was written was read again from where it is.</summary>
    private async Task<ArchiveSegment> ReadBackAsync(
        ArchiveSegment segment, ArchivePlace place, CancellationToken cancellationToken)
    {
        try
        {
            using var work = new WorkFolder();
            var reader = new SegmentReader(place, work.Path, segment.Versions);
            var manifest = await reader.ManifestAsync(segment.ManifestName, segment.Digest, cancellationToken)
                .ConfigureAwait(false) ?? throw new InvalidDataException($"{segment.ManifestName} is missing");
            await reader.ReadAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            await MoveAsync(
                segment with { State = SegmentState.Begun, ChangedAt = Now }, SegmentState.Written, "ArchiveRejected",
                cancellationToken).ConfigureAwait(false);
            throw new StorageException(
                $"{segment.Location}: read back, {error.Message}; nothing has left the database. The next run writes the "
                + "segment anew.", isTransient: true);
        }
        Over("read back");
        var verified = segment with { State = SegmentState.Verified, ChangedAt = Now };
        await MoveAsync(verified, SegmentState.Written, "ArchiveVerified", cancellationToken).ConfigureAwait(false);
        Over("verified");
        return verified;
    }

    private async Task<ArchiveSegment> RemoveAsync(
        ArchiveSegment segment, ArchivePlace place, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder();
        SegmentManifest manifest;
        try
        {
            manifest = await new SegmentReader(place, work.Path, segment.Versions)
                .ManifestAsync(segment.ManifestName, segment.Digest, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"{segment.ManifestName} is missing");
        }
        catch (InvalidDataException error)
        {
            throw new StorageException(
                $"{segment.Location}: {error.Message}; put the file back that was verified.", isTransient: false);
        }
        if (followed is not null) await followed(cancellationToken).ConfigureAwait(false);
        foreach (var heads in manifest.Heads.Chunk(Batch))
        {
            await database.WriteAsync(
                transaction =>
                {
                    ArchivedStream.Refuse(transaction);
                    foreach (var head in heads) ArchiveRemoval.Remove(transaction, segment, head);
                }, cancellationToken).ConfigureAwait(false);
            Over("removed " + heads[^1].Stream);
            await _turn.HoldAsync(cancellationToken).ConfigureAwait(false);
        }
        var archived = segment with { State = SegmentState.Archived, ChangedAt = Now };
        await MoveAsync(archived, SegmentState.Verified, "ArchiveRemoved", cancellationToken).ConfigureAwait(false);
        Over("archived");
        return archived;
    }

    private Task MoveAsync(
        ArchiveSegment segment, SegmentState from, string fact, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => segment.Move(transaction, from, fact), cancellationToken);

    private void Over(string name) => step?.Invoke(name);
}
