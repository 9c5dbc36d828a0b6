namespace Baton.Storage.Events;

/// <summary>Compares a ledger with what its anchor says was written.</summary>
internal static class AnchorCheck
{
    /// <summary>Stream of what people decided about the record itself.</summary>
    public const string Stream = "operations/ledger";

    /// <summary>
    /// What is missing and what to do; null when the ledger holds what the anchor names, or there is none.
    /// </summary>
    public static string? Problem(ReadConnection connection, string path)
    {
        if (LedgerAnchor.Read(path) is not { Seq: > 0 } anchor) return null;
        var found = connection.First("select hash from events where seq = $1", row => row.Text(0), anchor.Seq);
        if (found == anchor.Hash) return null;
        var last = LedgerHead.Read(connection, anchor.At);
        var what = found is null && last.Seq < anchor.Seq
            ? $"{path}: the ledger ends at position {last.Seq}, but position {anchor.Seq} was written on "
                + $"{anchor.At.UtcDateTime:u} ({LedgerAnchor.PathOf(path)}): {anchor.Seq - last.Seq} events that were "
                + "acknowledged are not there. "
            : $"{path}: position {anchor.Seq} of the ledger is not the event that was written there on "
                + $"{anchor.At.UtcDateTime:u} ({LedgerAnchor.PathOf(path)}). ";
        return what + Cause(connection, last) + $" To go on with what is there, knowing that the rest is gone: "
            + $"`baton ledger accept --db {path}` (docs/operating/backup.md).";
    }

    private static string Cause(ReadConnection connection, LedgerHead last) =>
        connection.First("select copied_at_ms, seq from copied",
            r => (At: r.Time(0), Seq: r.Int64(1))) is { Seq: > 0 } copy
            && copy.Seq == last.Seq
            ? $"This is the backup of {copy.At.UtcDateTime:u}, restored over a newer database."
            : "The write-ahead log (-wal) was damaged or removed, or an older copy was put in place: "
                + "stop Baton, keep all files, look for the newest ones.";

    /// <summary>Records that a person goes on without what is missing. Null when nothing is.</summary>
    public static long? Accept(WriteTransaction transaction, string path, DateTimeOffset at)
    {
        if (Problem(transaction, path) is null || LedgerAnchor.Read(path) is not { } anchor) return null;
        var last = LedgerHead.Read(transaction, at);
        var missing = Math.Max(0, anchor.Seq - last.Seq);
        Ledger.Extend(transaction, Stream, new NewEvent(
            "LossAccepted", at,
            $$"""{"missing":{{missing}},"anchor_seq":{{anchor.Seq}},"anchor_hash":"{{anchor.Hash}}","last_seq":{{last.Seq}}}"""));
        return missing;
    }
}
