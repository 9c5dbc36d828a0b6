using Baton.Storage.Measured;

namespace Baton.Storage.Events;

/// <summary>
/// Looks at a piece of the ledger whenever it is asked, round and round: what somebody changed is found within days,
/// while <c>ledger verify</c> finds it at once and also what was taken away.
/// </summary>
internal sealed class LedgerWalk
{
    /// <summary>Events of one look.</summary>
    private const int Piece = 2_000;

    private readonly EventHash _hash = new();
    private long _seq;
    private int _faults, _before;

    /// <inheritdoc cref="ReadSeries"/>
    public IEnumerable<SeriesPoint> Read(ReadConnection connection, DateTimeOffset now)
    {
        var (read, from) = (0, _seq);
        connection.ForEach(
            """
            select e.seq, e.conversation_id, e.version, e.type, e.at, e.data, e.hash, coalesce(p.hash, a.hash, '')
            from events e left join events p on p.conversation_id = e.conversation_id and p.version = e.version - 1
            left join archived_streams a on a.conversation_id = e.conversation_id and a.version = e.version - 1
            where e.seq > $1 order by e.seq limit $2
            """,
            row =>
            {
                read++;
                _seq = row.Int64(0);
                var previous = row.Bytes(7);
                _hash.Compute(previous, row.Text(1), row.Int64(2), row.Text(3), row.Utf8(4), row.Utf8(5));
                if (!row.Utf8(6).SequenceEqual(_hash.Hash)) _faults++;
            },
            from, (long)Piece);
        // The faults of a whole round stay until a later round has not found them.
        if (read < Piece) (_seq, _before, _faults) = (0, _faults, 0);
        return [new SeriesPoint(SeriesNames.LedgerFaults, Math.Max(_before, _faults))];
    }
}
