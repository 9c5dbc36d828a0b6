using Baton.Archive.Places;
using Baton.Archive.Segments;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Events;
using Baton.Storage.Moving;
using Baton.Storage.Sealing;

namespace Baton.Archive;

/// <summary>What came back.</summary>
internal sealed record RestoredMonth(int Segments, int Streams, long Events, long Messages, long Attachments);

/// <summary>
/// Brings a month out of the archive into a database of its own, to look at it as if it had never left. The archive and
/// the database that it left are not touched.
/// </summary>
/// <param name="target">An empty one.</param>
/// <param name="from">Where the segments are.</param>
internal sealed class ArchiveRestore(Database target, ArchivePlace from, string location)
{
    private const int Rows = 500;

    private readonly Dictionary<string, TableShape> _shapes =
        target.Read(c => c.Catalog.Tables(c)).ToDictionary(t => t.Name);

    private readonly Dictionary<string, List<SqlValue[]>> _rows = [];
    private readonly Dictionary<string, (long Version, string Hash)> _heads = new(StringComparer.Ordinal);
    private readonly HashSet<int> _keyFiles = [];
    private long _events, _messages, _attachments, _last;

    /// <param name="known">
    /// The segments of the month as the database noted them: those and no others come back. Null where it is not known.
    /// </param>
    /// <param name="erased">What of them was erased since; null where the database is not known.</param>
    /// <param name="readTables">Made anew from the events at the end.</param>
    /// <exception cref="StorageException">
    /// The month is not there, or not whole; the message says what is wrong.
    /// </exception>
    public async Task<RestoredMonth> RunAsync(
        string month, IReadOnlyList<ArchiveSegment>? known, ErasedSince? erased, IReadOnlyList<ReadTable> readTables,
        CancellationToken cancellationToken)
    {
        var segments = 0;
        while (known is null || segments < known.Count)
        {
            var segment = known?[segments] ?? Unknown(month, segments + 1);
            if (!await BringAsync(segment, erased, cancellationToken).ConfigureAwait(false))
            {
                if (known is null && segments > 0) break;
                throw Missing(segment);
            }
            segments++;
        }
        if (segments == 0) throw Missing(Unknown(month, 1));
        await target.WriteAsync(End, cancellationToken).ConfigureAwait(false);
        await LedgerRebuild.RunAsync(target, readTables, cancellationToken).ConfigureAwait(false);
        return new RestoredMonth(segments, _heads.Count, _events, _messages, _attachments);
    }

    private static ArchiveSegment Unknown(string month, int part) => new()
    {
        Number = 0, Month = month, Part = part, Location = "", State = default, ChangedAt = default, Previous = "",
    };

    private StorageException Missing(ArchiveSegment segment) => new(
        $"{location}: {segment.ManifestName} is not there; `baton audit verify` says what is.", isTransient: false);

    private async Task<bool> BringAsync(
        ArchiveSegment segment, ErasedSince? erased, CancellationToken cancellationToken)
    {
        using var work = new WorkFolder();
        var reader = new SegmentReader(from, work.Path, segment.Location == location ? segment.Versions : null);
        try
        {
            if (await reader.ManifestAsync(segment.ManifestName, segment.Digest, cancellationToken)
                .ConfigureAwait(false) is not { } manifest) return false;
            // All of it first: a month that is not whole is not half restored.
            await reader.ReadAsync(manifest, cancellationToken).ConfigureAwait(false);
            var lines = new List<SegmentLine>(Rows);
            await reader.ReadAsync(manifest, async line =>
            {
                lines.Add(line is SegmentLine.OfRow row && erased is not null ? erased.Take(row) : line);
                if (lines.Count < Rows) return;
                await InsertAsync(lines, cancellationToken).ConfigureAwait(false);
                lines.Clear();
            }, cancellationToken).ConfigureAwait(false);
            await InsertAsync(lines, cancellationToken).ConfigureAwait(false);
            foreach (var head in manifest.Heads) _heads[head.Stream] = (head.To, head.Last);
            return true;
        }
        catch (InvalidDataException error)
        {
            throw new StorageException($"{location}: {error.Message}", isTransient: false);
        }
    }

    private Task InsertAsync(List<SegmentLine> lines, CancellationToken cancellationToken) =>
        target.WriteAsync(transaction => Insert(transaction, lines), cancellationToken);

    private void Insert(WriteTransaction transaction, List<SegmentLine> lines)
    {
        foreach (var rows in _rows.Values) rows.Clear();
        foreach (var line in lines)
            if (line is SegmentLine.OfEvent { Fact: var fact }) Insert(transaction, fact);
            else if (line is SegmentLine.OfRow row) Keep(row);
        foreach (var (table, rows) in _rows)
            if (rows.Count > 0) transaction.InsertMany(table, _shapes[table].Columns, rows);
    }

    private void Insert(WriteTransaction transaction, StoredEvent fact)
    {
        transaction.Execute(
            """
            insert into events (seq, conversation_id, version, type, at, data, hash)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            fact.Seq, fact.StreamId, fact.Version, fact.Type, Ledger.Time(fact.At), fact.Json, fact.Hash);
        (_events, _last) = (_events + 1, Math.Max(_last, fact.Seq));
    }

    private void Keep(SegmentLine.OfRow row)
    {
        if (!_shapes.TryGetValue(row.Table, out var shape))
            throw new StorageException(
                $"{location}: there is no table {row.Table} here; use the Baton that archived it.", isTransient: false);
        if (row.Columns.Keys.Except(shape.Columns.Select(c => c.Name)).FirstOrDefault() is { } unknown)
            throw new StorageException(
                $"{location}: table {row.Table} has no column {unknown} here; use the Baton that archived it.",
                isTransient: false);
        if (!_rows.TryGetValue(row.Table, out var rows)) _rows[row.Table] = rows = [];
        rows.Add([.. shape.Columns.Select(row.Value)]);
        if (row.Columns.TryGetValue("key_id", out var key)) _keyFiles.Add(TextKeys.FileOf(key.GetInt64()));
        if (row.Table == SegmentWriter.Messages) _messages++;
        else _attachments++;
    }

    private void End(WriteTransaction transaction)
    {
        foreach (var (stream, head) in _heads)
            transaction.Execute("insert into streams (version, hash, conversation_id) values ($1, $2, $3)",
                head.Version, head.Hash, stream);
        foreach (var file in _keyFiles)
            transaction.Execute(
                "insert into key_files (file) values ($1) on conflict (file) do nothing", (long)file);
        // Positions of other months are empty here.
        var now = target.Clock.GetUtcNow();
        new MoveMark(MoveState.Arrived, location, "archive", now, now, _last).Write(transaction);
        transaction.NoteAppend();
    }
}
