using Baton.Storage;

namespace Baton.Archive;

/// <summary>
/// That one process of all archives. It is renewed with every step; the turn of one that has died is free at once where
/// that can be known, and after a while in any case.
/// </summary>
internal sealed class ArchiveTurn(Database database)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Takes it, or goes on with it.</summary>
    /// <exception cref="StorageException">Another process has it.</exception>
    public Task HoldAsync(CancellationToken cancellationToken) => database.WriteAsync(
        transaction =>
        {
            var (now, owner) = (database.Clock.GetUtcNow(), database.Liveness.Owner);
            transaction.Lock("archive");
            var held = transaction.First("select owner, until_ms from archive_work where id = 1",
                row => (Owner: row.Text(0), Until: row.Time(1)));
            if (held.Owner is { } other && other != owner && held.Until > now
                && !database.Liveness.HasDied(transaction, other))
                throw new StorageException(
                    $"another process archives now ({other}); its turn ends when it has, or at {held.Until:u} when it does "
                    + "not go on.", isTransient: true);
            transaction.Execute(
                """
                insert into archive_work (id, owner, until_ms) values (1, $1, $2)
                on conflict (id) do update set owner = $1, until_ms = $2
                """, owner, SqlValue.Ms(now + Length));
        }, cancellationToken);

    /// <summary>Gives it back.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.Execute(
            "delete from archive_work where id = 1 and owner = $1", database.Liveness.Owner), cancellationToken);
}
