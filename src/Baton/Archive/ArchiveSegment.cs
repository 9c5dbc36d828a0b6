using System.Text.Json;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Archive;

/// <summary>How far a segment is. Each step is on the disk before the next one begins.</summary>
internal enum SegmentState
{
    /// <summary>Its files are being written.</summary>
    Begun,

    /// <summary>They are there, and have not been read back.</summary>
    Written,

    /// <summary>They were read back and are whole: what they hold may leave the database.</summary>
    Verified,

    /// <summary>What they hold has left the database.</summary>
    Archived,

    /// <summary>Its certificate is written: it may be destroyed.</summary>
    Expiring,

    /// <summary>It was destroyed; the certificate stands in its place.</summary>
    Expired,
}

/// <summary>A part of a month that left the database, as the database remembers it.</summary>
internal sealed record ArchiveSegment
{
    /// <summary>Stream of what happens to segments.</summary>
    public const string Stream = "operations/archive";

    /// <summary>Place in the chain, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>In which its tickets began, as in <c>2026-03</c>.</summary>
    public required string Month { get; init; }

    public required int Part { get; init; }

    public required string Location { get; init; }

    public required SegmentState State { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public long Streams { get; init; }

    public long Events { get; init; }

    public long Messages { get; init; }

    public long Attachments { get; init; }

    /// <summary>Of its files.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of its manifest; null before that is written.</summary>
    public string? Digest { get; init; }

    /// <summary>Digest of the segment before; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>What the store calls the version of each file, where it keeps versions.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of its certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>What its files are called before their endings.</summary>
    public string Name => $"{Month}.{Part:000}";

    public string ManifestName => Name + ".manifest.json";

    public string CertificateName => Name + ".certificate.json";

    /// <summary>All, in the order of the chain.</summary>
    public static List<ArchiveSegment> All(ReadConnection connection) => connection.Query(
        """
        select number, month, part, location, state, changed_at_ms, streams, events, messages, attachments, bytes, digest,
            previous, versions, certificate
        from archive_segments order by number
        """,
        row => new ArchiveSegment
        {
            Number = row.Int64(0), Month = row.Text(1), Part = row.Int32(2), Location = row.Text(3),
            State = Enum.Parse<SegmentState>(row.Text(4), ignoreCase: true), ChangedAt = row.Time(5),
            Streams = row.Int64(6), Events = row.Int64(7), Messages = row.Int64(8), Attachments = row.Int64(9),
            Bytes = row.Int64(10), Digest = row.TextOrNull(11), Previous = row.Text(12),
            Versions = row.IsNull(13) ? []
                : JsonSerializer.Deserialize<Dictionary<string, string>>(row.Utf8(13))!,
            Certificate = row.TextOrNull(14),
        });

    /// <summary>Begins the next one: the step before is over.</summary>
    public void Insert(WriteTransaction transaction, string by)
    {
        transaction.Execute(
            """
            insert into archive_segments (number, month, part, location, state, begun_at_ms, changed_at_ms, streams, events,
                messages, attachments, bytes, previous)
            values ($1, $2, $3, $4, 'begun', $5, $5, 0, 0, 0, 0, 0, $6)
            """,
            Number, Month, (long)Part, Location, SqlValue.Ms(ChangedAt), Previous);
        Tell(transaction, "ArchiveBegun", ("location", Location), ("by", by));
    }

    /// <summary>Goes on to what this record says, with the event that tells of it.</summary>
    /// <param name="from">Where it is.</param>
    /// <exception cref="StorageException">It is somewhere else: another process is at work.</exception>
    public void Move(
        WriteTransaction transaction, SegmentState from, string fact, params (string Name, object Value)[] more)
    {
        var moved = transaction.Execute(
            """
            update archive_segments set state = $3, changed_at_ms = $4, streams = $5, events = $6, messages = $7,
                attachments = $8, bytes = $9, digest = $10, versions = $11, certificate = $12
            where number = $1 and state = $2
            """,
            Number, EnumWords.Of(from), EnumWords.Of(State), SqlValue.Ms(ChangedAt), Streams, Events, Messages,
            Attachments, Bytes, Digest, Versions.Count == 0 ? null : JsonSerializer.Serialize(Versions), Certificate);
        if (moved != 1)
            throw new StorageException(
                $"segment {Name} is not {EnumWords.Of(from)} any more: another archive is at work.", isTransient: false);
        Tell(transaction, fact, [("digest", Digest ?? ""), ("events", Events), .. more]);
    }

    private void Tell(WriteTransaction transaction, string fact, params (string Name, object Value)[] fields)
    {
        var data = new Dictionary<string, object> { ["number"] = Number, ["segment"] = Name };
        foreach (var (name, value) in fields) data[name] = value;
        Ledger.Extend(
            transaction, Stream, new NewEvent(fact, ChangedAt, JsonSerializer.SerializeToUtf8Bytes(data)));
    }
}
