using System.Buffers.Text;
using System.Text;

namespace Baton.Storage.Events;

/// <summary>
/// The append-only record of everything that happened, as one stream of events per conversation. Nothing here
/// changes or removes an event. Those that left for the archive are read from the stream's checkpoint.
/// </summary>
internal static class Ledger
{
    /// <summary>Events that <see cref="ReadAll(Database, long)"/> reads at a time.</summary>
    private const int PageSize = 1_000;

    private const string Columns = "seq, conversation_id, version, type, at, data, hash";

    /// <summary>ISO 8601 in UTC with seven digits: <c>2026-11-21T09:30:00.0000000Z</c>.</summary>
    private const int TimeLength = 28;

    [ThreadStatic]
    private static EventHash? _hash;

    /// <summary>Adds events to the end of a stream if it still ends with <paramref name="expectedVersion"/>.</summary>
    /// <param name="transaction">The transaction that also writes what follows from the events.</param>
    /// <param name="streamId">Without line feeds, because those separate the fields under the hash.</param>
    /// <param name="expectedVersion">Version of the last event the caller has seen, 0 for a new stream.</param>
    /// <param name="events">In order; none is a check of the version alone.</param>
    public static AppendOutcome Append(
        WriteTransaction transaction, string streamId, long expectedVersion, params ReadOnlySpan<NewEvent> events)
    {
        if (streamId.Length == 0 || streamId.Contains('\n'))
            throw new ArgumentException(
                $"a stream id is not empty and has no line feed: '{streamId}'", nameof(streamId));
        transaction.Lock(streamId);
        Span<byte> previous = stackalloc byte[EventHash.Length], at = stackalloc byte[TimeLength];
        var version = Head(transaction, streamId, previous);
        if (version != expectedVersion) return new AppendOutcome.Conflict(expectedVersion, version);
        if (events.IsEmpty) return new AppendOutcome.Appended(version);
        var hash = _hash ??= new EventHash();
        foreach (ref readonly var fact in events)
        {
            version++;
            fact.At.UtcDateTime.TryFormat(at, out _, "O");
            hash.Compute(version == 1 ? [] : previous, streamId, version, fact.Type, at, fact.Data.Span);
            hash.Hash.CopyTo(previous);
            transaction.Execute(
                "insert into events (conversation_id, version, type, at, data, hash) values ($1, $2, $3, $4, $5, $6)",
                hash.Stream, version, hash.Type, hash.At, hash.Data, hash.HashValue);
        }
        var moved = expectedVersion == 0
            ? transaction.Execute("insert into streams (version, hash, conversation_id) values ($1, $2, $3)",
                version, hash.HashValue, hash.Stream)
            : transaction.Execute(
                "update streams set version = $1, hash = $2 where conversation_id = $3 and version = $4",
                version, hash.HashValue, hash.Stream, expectedVersion);
        if (moved != 1)
            throw new StorageException(
                $"stream {streamId} did not end with version {expectedVersion} any more; nothing was written.",
                isTransient: true) { Reruns = 1 };
        transaction.NoteAppend();
        return new AppendOutcome.Appended(version);
    }

    /// <summary>Adds events to the end of a stream, wherever that is: they follow from nothing before them.</summary>
    public static void Extend(WriteTransaction transaction, string streamId, params ReadOnlySpan<NewEvent> events)
    {
        transaction.Lock(streamId);
        Append(transaction, streamId, Version(transaction, streamId), events);
    }

    /// <summary>Version of the last event of a stream, 0 when there is none.</summary>
    public static long Version(ReadConnection connection, string streamId) =>
        connection.Number("select version from streams where conversation_id = $1", streamId) ?? 0;

    /// <summary>The place up to which whoever follows has nothing more to come.</summary>
    public static LedgerPlace Head(ReadConnection connection) => connection.Catalog.LedgerHead(connection);

    /// <summary>
    /// What kinds of events came to which streams after a place. Whoever goes on from the last one misses none: an
    /// event is told once no write that began before it is under way.
    /// </summary>
    public static List<EventHeadline> HeadsAfter(ReadConnection connection, LedgerPlace after, int limit) =>
        connection.Catalog.EventsAfter(connection, after, limit);

    /// <summary>The events of one stream in order, from <paramref name="fromVersion"/> on.</summary>
    public static List<StoredEvent> Read(ReadConnection connection, string streamId, long fromVersion = 1)
    {
        // A checkpoint is told by an empty type: one look finds that there is none.
        var events = connection.Query(
            """
            select seq, conversation_id, version, type, at, data, hash from events
            where conversation_id = $1 and version >= $2
            union all
            select 0, conversation_id, version, '', '', '', hash from archived_streams
            where conversation_id = $1 and version >= $2
            order by version
            """,
            row => row.Utf8(3).IsEmpty ? null : Map(row), streamId, fromVersion);
        if (events is not [null, ..]) return events!;
        return [.. ArchivedStream.Read(connection, streamId, fromVersion), .. events.OfType<StoredEvent>()];
    }

    /// <summary>
    /// The events of a few streams in one look, stream by stream, each in its order; streams without events have none.
    /// </summary>
    public static ILookup<string, StoredEvent> ReadSome(ReadConnection connection, IReadOnlyList<string> streams)
    {
        var (places, names) = (
            string.Join(", ", streams.Select((_, i) => $"${i + 1}")), streams.Select(s => (SqlValue)s).ToArray());
        var left = connection.Query(
            $"select conversation_id from archived_streams where conversation_id in ({places})", row => row.Text(0), names);
        var here = connection.Query(
            $"select {Columns} from events where conversation_id in ({places}) order by conversation_id, version",
            Map, names);
        return left.SelectMany(stream => ArchivedStream.Read(connection, stream)).Concat(here)
            .ToLookup(e => e.StreamId);
    }

    /// <summary>
    /// At most <paramref name="limit"/> events of all streams in order of their positions, for one look at everything.
    /// Whoever follows uses <see cref="HeadsAfter"/>.
    /// </summary>
    public static List<StoredEvent> ReadPage(ReadConnection connection, long fromSeq, int limit) =>
        connection.Query($"select {Columns} from events where seq >= $1 order by seq limit $2", Map, fromSeq, limit);

    /// <summary>
    /// All events from <paramref name="fromSeq"/> on, page by page, including those written meanwhile.
    /// </summary>
    public static IEnumerable<StoredEvent> ReadAll(Database database, long fromSeq = 1)
    {
        while (database.Read(c => ReadPage(c, fromSeq, PageSize)) is { Count: > 0 } page)
        {
            foreach (var fact in page) yield return fact;
            fromSeq = page[^1].Seq + 1;
        }
    }

    /// <summary>A time as the ledger writes it, and as it is under the hash.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O");

    private static DateTimeOffset Time(ReadOnlySpan<byte> iso) =>
        Utf8Parser.TryParse(iso, out DateTime time, out _, 'O')
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : throw new FormatException($"not a UTC time with seven digits: '{Encoding.UTF8.GetString(iso)}'");

    private static long Head(WriteTransaction transaction, string streamId, Span<byte> hash)
    {
        using var head = transaction.Start("select version, hash from streams where conversation_id = $1", streamId);
        if (!head.Step()) return 0;
        head.Row.Utf8(1).CopyTo(hash);
        return head.Row.Int64(0);
    }

    private static StoredEvent Map(Row row) => new()
    {
        Seq = row.Int64(0),
        StreamId = row.Text(1),
        Version = row.Int64(2),
        Type = row.Text(3),
        At = Time(row.Utf8(4)),
        Data = row.Bytes(5),
        Hash = row.Text(6),
    };
}
