using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Events;
using ZstdSharp;

namespace Baton.Archive.Segments;

/// <summary>Writes what is to leave the database into files of this machine. Nothing is changed.</summary>
internal sealed class SegmentWriter(Database database, string folder)
{
    /// <summary>Between size and time.</summary>
    private const int Level = 9;

    /// <summary>Columns of this database alone.</summary>
    private static readonly string[] Own = ["archived"];

    private readonly List<SegmentHead> _heads = [];
    private readonly List<long> _positions = [];
    private long _messages, _attachments;

    public const string Messages = "messages", Attachments = "attachments";

    public static string LinesOf(string name) => name + ".jsonl.zst";

    public static string ParquetOf(string name) => name + ".parquet";

    /// <summary>The streams of a ticket: its own, and that of who read its raw texts.</summary>
    public static string[] StreamsOf(string ticket) => [ticket, ReservedStreams.OfReads(ticket)];

    /// <returns>The manifest, whose file is written beside the others, and the positions of its events.</returns>
    /// <exception cref="StorageException">What is in the database is not whole, or not encrypted yet.</exception>
    public async Task<(SegmentManifest Manifest, IReadOnlyList<long> Positions)> WriteAsync(
        ArchiveSegment segment, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        var (lines, table) = (LinesOf(segment.Name), ParquetOf(segment.Name));
        var shapes = database.Read(c => c.Catalog.Tables(c)).ToDictionary(t => t.Name);
        await using (var parquet = await SegmentParquet.CreateAsync(At(table), cancellationToken).ConfigureAwait(false))
        await using (var file = File.Create(At(lines)))
        await using (var packed = new CompressionStream(file, Level))
        await using (var to = new BufferedStream(packed, 64 * 1024))
            foreach (var ticket in tickets)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var stream in StreamsOf(ticket))
                    if (database.Read(c => Read(c, to, shapes, ticket, stream)) is { Count: > 0 } events)
                        await parquet.AddAsync(events).ConfigureAwait(false);
            }
        var manifest = new SegmentManifest
        {
            Number = segment.Number, Month = segment.Month, Part = segment.Part, MadeAt = database.Clock.GetUtcNow(),
            Previous = segment.Previous, Events = _positions.Count, Messages = _messages, Attachments = _attachments,
            Heads = _heads,
            Files =
            [
                await SegmentFile.OfAsync(lines, At(lines), cancellationToken).ConfigureAwait(false),
                await SegmentFile.OfAsync(table, At(table), cancellationToken).ConfigureAwait(false),
            ],
        };
        await File.WriteAllBytesAsync(At(segment.ManifestName), manifest.Write(), cancellationToken)
            .ConfigureAwait(false);
        return (manifest, _positions);
    }

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>Events and texts of one stream in one snapshot.</summary>
    private List<StoredEvent> Read(
        ReadConnection connection, Stream to, Dictionary<string, TableShape> shapes, string ticket, string stream)
    {
        var behind = ArchivedStream.Find(connection, stream);
        var events = Ledger.Read(connection, stream, (behind?.Version ?? 0) + 1);
        var last = events.Count == 0 ? behind?.Version ?? 0 : events[^1].Version;
        var known = Ledger.Version(connection, stream);
        if (last != known)
            throw new StorageException(
                $"{stream} ends with version {last} and had {known}, so its month stays where it is; `baton ledger verify` "
                + "names all that is wrong.", isTransient: false);
        if (events.Count == 0) return [];
        var chain = new SegmentChain();
        if (behind is not null) chain.Begin(behind.Version, behind.Hash);
        foreach (var fact in events)
            if (!chain.Takes(fact))
                throw new StorageException(
                    $"{stream} version {fact.Version} is not what was written, so its month stays where it is; "
                    + "`baton ledger verify` names all that is wrong.", isTransient: false);
        foreach (var fact in events) SegmentLines.Write(to, fact);
        _positions.AddRange(events.Select(e => e.Seq));
        var places = stream == ticket ? Texts(connection, to, shapes, ticket) : [];
        _heads.Add(new SegmentHead(
            stream, events[0].Version, behind?.Hash ?? "", events[0].Hash, events[^1].Version, events[^1].Hash, places));
        return events;
    }

    private List<int> Texts(
        ReadConnection connection, Stream to, Dictionary<string, TableShape> shapes, string ticket)
    {
        if (connection.Number(
            "select 1 from messages where conversation_id = $1 and key_id is null and erased_at is null limit 1",
            ticket) is not null)
            throw new StorageException(
                $"{ticket} has texts that are not encrypted yet; Baton encrypts them while it runs, `baton customers keys` "
                + "says how many are left.", isTransient: true);
        var places = connection.Query(
            """
            select position from messages where conversation_id = $1 and archived is null and unsent = 0
            order by position
            """,
            row => row.Int32(0), ticket);
        _messages += Rows(connection, to, shapes[Messages], ticket, places);
        _attachments += Rows(connection, to, shapes[Attachments], ticket, places);
        return places;
    }

    private static int Rows(
        ReadConnection connection, Stream to, TableShape shape, string ticket, List<int> places)
    {
        List<TableColumn> columns = [.. shape.Columns.Where(c => !Own.Contains(c.Name))];
        var at = columns.FindIndex(c => c.Name == "position");
        var rows = 0;
        connection.ForEach(
            $"select {string.Join(", ", columns.Select(c => $"\"{c.Name}\""))} from \"{shape.Name}\" where conversation_id = $1 order by position",
            row =>
            {
                if (!places.Contains(row.Int32(at))) return;
                SegmentLines.Write(to, shape.Name, columns, [.. columns.Select((c, i) => c.Read(row, i))]);
                rows++;
            },
            ticket);
        return rows;
    }
}
