using System.Globalization;
using Baton.Storage.Engines;
using Baton.Storage.Events;
using Baton.Storage.Moving;

namespace Baton.Storage;

/// <summary>What an operator asks of a database, read without changing it.</summary>
/// <param name="Engine">Name and version.</param>
/// <param name="Schema">The newest migration that was applied; null in a new database.</param>
/// <param name="Missing">Migrations that this program would apply.</param>
/// <param name="Bytes">Of the whole database.</param>
/// <param name="Sizes">About the bytes of each table, the largest first.</param>
/// <param name="Ledger">What it holds; null while migrations are missing.</param>
internal sealed record DatabaseStatus(
    string Engine, string? Schema, IReadOnlyList<string> Missing, long Bytes,
    IReadOnlyList<(string Table, long Bytes)> Sizes, LedgerStatus? Ledger)
{
    public static DatabaseStatus Read(DatabaseOptions options, TimeProvider clock)
    {
        using var session = StorageEngine.Of(options).OpenReader();
        session.BeginRead();
        var connection = new ReadConnection(session);
        var missing = Migrations.Missing(connection);
        var isNew = connection.Catalog.Tables(connection).Count == 0;
        return new DatabaseStatus(
            connection.Catalog.Version(connection),
            isNew ? null : connection.First("select max(name) from migrations", row => row.TextOrNull(0)),
            missing, connection.Catalog.Bytes(connection), connection.Catalog.Sizes(connection),
            missing.Count == 0 ? LedgerStatus.Read(connection, clock.GetUtcNow()) : null);
    }
}

/// <summary>The ledger and what is open, in figures.</summary>
/// <param name="Head">The event that was written last.</param>
/// <param name="WeekEvents">Positions that were given in the last seven days.</param>
/// <param name="Open">Tickets that people have to work on.</param>
/// <param name="OldestOpen">Since when the one that has waited longest waits.</param>
internal sealed record LedgerStatus(
    LedgerHead Head, long Events, long WeekEvents, long Open, DateTimeOffset? OldestOpen, MoveMark? Move)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static LedgerStatus Read(ReadConnection connection, DateTimeOffset now)
    {
        var head = LedgerHead.Read(connection, now);
        var open = connection.First("select count(*), min(waiting_since) from open_tickets",
            row => (Count: row.Int64(0), Oldest: row.TimeOrNull(1)));
        return new LedgerStatus(
            head, connection.Number("select count(*) from events") ?? 0,
            head.Seq - LastBefore(connection, head.Seq, now - Week), open.Count, open.Oldest,
            MoveMark.Read(connection));
    }

    /// <summary>The last position of before a time; times have no index, but go up with positions.</summary>
    private static long LastBefore(ReadConnection connection, long head, DateTimeOffset time)
    {
        var at = time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var (low, high) = (0L, head);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var found = connection.First(
                "select at from events where seq >= $1 order by seq limit 1", row => row.Text(0), middle);
            if (found is null || string.CompareOrdinal(found, at) >= 0) high = middle - 1;
            else low = middle;
        }
        return low;
    }
}
