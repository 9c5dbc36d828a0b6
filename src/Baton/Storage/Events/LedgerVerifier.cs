using System.Security.Cryptography;
using System.Text;
using Baton.Storage.Moving;

namespace Baton.Storage.Events;

/// <summary>What is wrong with an event.</summary>
internal enum LedgerFault
{
    /// <summary>Its content, or that of the one before it, is not what was written.</summary>
    Changed,

    /// <summary>It was written and is not there any more.</summary>
    Missing,

    /// <summary>It stands before an event that was written earlier, or stands twice.</summary>
    Reordered,
}

/// <summary>One finding. Stream, version or position is null where it cannot be known any more.</summary>
internal sealed record LedgerProblem
{
    public required LedgerFault Fault { get; init; }

    public string? StreamId { get; init; }

    public long? Version { get; init; }

    public long? Seq { get; init; }

    public required string What { get; init; }
}

/// <summary>The result of reading the whole ledger.</summary>
/// <param name="Events">Events that were read.</param>
/// <param name="Streams">Streams they belong to.</param>
/// <param name="Digest">
/// SHA-256 over the last hash of every stream in order of stream. Kept outside the machine, it also shows a ledger
/// that somebody has rewritten as a whole with matching hashes.
/// </param>
/// <param name="Problems">In the order they were found, at most <see cref="LedgerVerifier.ProblemLimit"/>.</param>
internal sealed record LedgerReport(long Events, long Streams, string Digest, IReadOnlyList<LedgerProblem> Problems);

/// <summary>Reads the ledger once and names every event that was changed, removed or moved.</summary>
internal sealed class LedgerVerifier
{
    /// <summary>Problems that are kept; more are not looked for.</summary>
    public const int ProblemLimit = 1_000;

    private const int PageSize = 10_000, CheckpointPage = 200;

    private readonly Dictionary<string, (long Version, byte[] Hash)> _heads = new(StringComparer.Ordinal);
    private readonly List<LedgerProblem> _problems = [];
    private readonly List<long> _archived = [];
    private List<(long From, long To)> _gaps = [];
    private readonly EventHash _hash = new();
    private long _events, _seq, _missing;

    private LedgerVerifier() { }

    /// <summary>Verifies one snapshot; writers are not held up.</summary>
    public static LedgerReport Verify(ReadConnection connection)
    {
        var verifier = new LedgerVerifier();
        for (var after = "";
            ArchivedStream.Page(connection, after, CheckpointPage) is { Count: > 0 } page; after = page[^1].Stream)
            foreach (var (stream, version, hash, facts) in page) verifier.CheckArchived(stream, version, hash, facts);
        // In pages: a server's rows are fetched as a whole.
        for (long before = verifier._events - 1; before < verifier._events;)
        {
            before = verifier._events;
            connection.ForEach(
                """
                select seq, conversation_id, version, type, at, data, hash from events where seq > $1 order by seq limit $2
                """, verifier.Check, verifier._seq, PageSize);
        }
        verifier.CheckEnds(connection);
        verifier.CheckGaps(connection);
        return new LedgerReport(verifier._events, verifier._heads.Count, verifier.Digest(), verifier._problems);
    }

    /// <summary>Events that left for the archive go before those that are here.</summary>
    private void CheckArchived(string stream, long version, string hash, byte[] facts)
    {
        _heads[stream] = (version, Encoding.ASCII.GetBytes(hash));
        if (ArchivedStream.Open(stream, hash, facts) is not { } events || events.Count != version)
        {
            Add(LedgerFault.Changed, stream, version, null,
                "what its checkpoint keeps is not what was archived up to there");
            return;
        }
        _events += events.Count;
        _archived.AddRange(events.Select(e => e.Seq));
    }

    private void Check(Row row)
    {
        var (seq, stream, version) = (row.Int64(0), row.Text(1), row.Int64(2));
        _events++;
        if (seq > _seq + 1) _gaps.Add((_seq + 1, seq - 1));
        _seq = seq;
        var known = _heads.TryGetValue(stream, out var head);
        var last = known ? head.Version : 0;
        if (version <= last)
        {
            Add(LedgerFault.Reordered, stream, version, seq, $"stands after version {last} of its stream");
            return;
        }
        if (version == last + 1) CheckHash(row, seq, stream, version, known ? head.Hash : []);
        else AddMissing(stream, last + 1, version - 1);
        _heads[stream] = (version, row.Bytes(6));
    }

    private void CheckHash(Row row, long seq, string stream, long version, byte[] previous)
    {
        _hash.Compute(previous, stream, version, row.Text(3), row.Utf8(4), row.Utf8(5));
        if (!row.Utf8(6).SequenceEqual(_hash.Hash))
            Add(LedgerFault.Changed, stream, version, seq,
                "its content does not have the hash that was written with it");
    }

    private void CheckEnds(ReadConnection connection)
    {
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        connection.ForEach("select conversation_id, version, hash from streams order by conversation_id", row =>
        {
            var (stream, version) = (row.Text(0), row.Int64(1));
            recorded.Add(stream);
            var (last, hash) = _heads.TryGetValue(stream, out var head) ? head : (0, []);
            if (last < version) AddMissing(stream, last + 1, version);
            else if (last > version) Add(
                LedgerFault.Changed, stream, last, null, $"the stream was written up to {version}");
            else if (!row.Utf8(2).SequenceEqual(hash))
                Add(LedgerFault.Changed, stream, last, null, "it is not the event that was written last in its stream");
        });
        foreach (var stream in _heads.Keys.Where(s => !recorded.Contains(s)))
            Add(LedgerFault.Changed, stream, null, null, "the stream is not in the list of streams");
    }

    /// <summary>A stream that was removed with its entry leaves only a hole in the numbering.</summary>
    private void CheckGaps(ReadConnection connection)
    {
        if (connection.Catalog.LastGiven(connection, "events") is not { } written) return;
        if (written > _seq) _gaps.Add((_seq + 1, written));
        // They were where the ledger was moved from, which numbers with holes.
        var holes = MoveMark.Read(connection)?.HolesThrough ?? 0;
        _gaps.RemoveAll(gap => gap.From <= holes);
        _gaps = LedgerPositions.Without(_gaps, LedgerPositions.Ranges(_archived));
        // A certificate says what was there: see docs/operating/archive.md.
        foreach (var destroyed in connection.Query(
            "select positions from archive_segments where state in ('expiring', 'expired') order by number",
            row => row.Bytes(0)))
            _gaps = LedgerPositions.Without(_gaps, LedgerPositions.Unpack(destroyed));
        if (_gaps.Sum(g => g.To - g.From + 1) <= _missing) return;
        foreach (var (from, to) in _gaps)
        {
            var what = from == to ? $"position {from} is empty" : $"positions {from} to {to} are empty";
            Add(LedgerFault.Missing, null, null, from, what);
        }
    }

    private void AddMissing(string stream, long from, long to)
    {
        _missing += to - from + 1;
        for (var version = from; version <= to && _problems.Count < ProblemLimit; version++)
            Add(LedgerFault.Missing, stream, version, null, "it was written and is not there");
    }

    private void Add(LedgerFault fault, string? stream, long? version, long? seq, string what)
    {
        if (_problems.Count >= ProblemLimit) return;
        _problems.Add(new LedgerProblem { Fault = fault, StreamId = stream, Version = version, Seq = seq,
            What = what });
    }

    private string Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (stream, (_, hash)) in _heads.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{stream}\n"));
            digest.AppendData(hash);
            digest.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
