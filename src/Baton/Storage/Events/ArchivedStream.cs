namespace Baton.Storage.Events;

/// <summary>
/// The checkpoint of a stream whose events left for the archive. It keeps the head, and the facts from which the state
/// and the read tables are made, so that whoever reads the ledger need not know that they left.
/// </summary>
/// <param name="Version">Of the last event that left; later ones are in the ledger as always.</param>
/// <param name="Hash">Of that event.</param>
/// <param name="Month">In which the ticket began, as in <c>2026-03</c>.</param>
/// <param name="Segment">The last one that holds events of it.</param>
internal sealed record ArchivedStream(string Stream, long Version, string Hash, string Month, long Segment)
{
    /// <summary>The checkpoint of a stream, or null.</summary>
    public static ArchivedStream? Find(ReadConnection connection, string stream) => connection.First(
        "select conversation_id, version, hash, month, segment from archived_streams where conversation_id = $1",
        row => new ArchivedStream(row.Text(0), row.Int64(1), row.Text(2), row.Text(3), row.Int64(4)), stream);

    /// <summary>The events that left, from a version on.</summary>
    /// <exception cref="StorageException">They are not those that left.</exception>
    public static List<StoredEvent> Read(ReadConnection connection, string stream, long fromVersion = 1)
    {
        var found = connection.First("select hash, facts from archived_streams where conversation_id = $1",
            row => (Hash: row.Text(0), Facts: row.Bytes(1)), stream);
        if (found.Facts is null) return [];
        return Open(stream, found.Hash, found.Facts) is { } events
            ? [.. events.Where(e => e.Version >= fromVersion)]
            : throw new StorageException($"{stream}: what its checkpoint keeps is not what was archived; `baton audit "
                + "verify` says what is whole, `baton audit restore` brings the month back.", isTransient: false);
    }

    /// <summary>The events of a checkpoint; null when they do not end in its hash.</summary>
    public static List<StoredEvent>? Open(string stream, string hash, byte[] facts)
    {
        try
        {
            var events = EventPack.Open(stream, facts);
            return events.Count > 0 && events[^1].Hash == hash ? events : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Checkpoints in order of their streams, after one of them; a page for whoever reads them all.</summary>
    public static List<(string Stream, long Version, string Hash, byte[] Facts)> Page(
        ReadConnection connection, string after, int limit) => connection.Query(
        """
        select conversation_id, version, hash, facts from archived_streams where conversation_id > $1
        order by conversation_id limit $2
        """,
        row => (row.Text(0), row.Int64(1), row.Text(2), row.Bytes(3)), after, (long)limit);

    /// <summary>Writes the checkpoint and takes the events that it stands for out of the ledger's table.</summary>
    /// <param name="events">All of the stream from the first on.</param>
    /// <returns>How many were taken out.</returns>
    public int Replace(WriteTransaction transaction, IReadOnlyList<StoredEvent> events)
    {
        transaction.Execute(
            """
            insert into archived_streams (conversation_id, version, hash, month, segment, facts)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (conversation_id) do update set version = $2, hash = $3, segment = $5, facts = $6
            """,
            Stream, Version, Hash, Month, Segment, EventPack.Close(events));
        return transaction.Execute(
            "delete from events where conversation_id = $1 and version <= $2", Stream, Version);
    }

    /// <summary>
    /// From now on no older program may work here: it would take archived tickets for empty ones. In the transaction of
    /// the first checkpoint.
    /// </summary>
    public static void Refuse(WriteTransaction transaction) => transaction.Execute(
        "update migrations set needs = name where name = $1 and needs is null", "202611301320_archive");

    /// <summary>The same for a copy, to which the checkpoints came by other ways.</summary>
    public static void RefuseWhereAny(WriteTransaction transaction)
    {
        if (transaction.Number("select 1 from archived_streams limit 1") is not null) Refuse(transaction);
    }
}
