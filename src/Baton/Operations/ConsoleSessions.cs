using System.Security.Cryptography;
using Baton.Storage;

namespace Baton.Operations;

/// <summary>A log-in to the console that has not ended.</summary>
/// <param name="Address">Where it was started from.</param>
internal sealed record ConsoleSession(
    string Id, string KeyName, string Address, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// Log-ins to the console. The browser's cookie names a row here, and every request asks for it: a session that was
/// ended, or whose key was, opens nothing from that moment on, in every process.
/// </summary>
internal sealed class ConsoleSessions(Database database)
{
    /// <summary>From log-in to the next one: a working day and its overtime.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Rows of ended sessions are kept so long; the record keeps them for good.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Starts a session and returns its id.</summary>
    public Task<string> StartAsync(ApiKey key, string address, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            // The cookie is encrypted and signed: the id is a name, not a secret.
            var id = "s_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            transaction.Execute("delete from console_sessions where started_at < $1", SqlValue.Ms(now - Kept));
            transaction.Execute(
                "insert into console_sessions (id, key_id, address, started_at, expires_at) values ($1, $2, $3, $4, $5)",
                id, key.Id, address, SqlValue.Ms(now), SqlValue.Ms(now + Lifetime));
            AccessRecord.Append(transaction, now, "LoggedIn",
                ("session", id), ("key", key.Id), ("name", key.Name), ("address", address));
            return id;
        }, cancellationToken);

    /// <summary>The key behind a session, or null when the session or the key has ended.</summary>
    public ApiKey? KeyOf(string id)
    {
        var now = database.Clock.GetUtcNow();
        var key = database.Read(c => c.First(
            $"""
            select {ApiKeys.Columns} from console_sessions s join api_keys k on k.id = s.key_id
            where s.id = $1 and s.ended_at is null and s.expires_at > $2
            """,
            row => ApiKeys.Map(row, 0), id, SqlValue.Ms(now)));
        return key?.IsInUse(now) == true ? key : null;
    }

    /// <summary>Sessions that are open now, the newest first.</summary>
    public List<ConsoleSession> List() => database.Read(c => c.Query(
        """
        select s.id, k.name, s.address, s.started_at, s.expires_at
        from console_sessions s join api_keys k on k.id = s.key_id
        where s.ended_at is null and s.expires_at > $1 and k.revoked_at is null
            and (k.expires_at is null or k.expires_at > $1)
        order by s.started_at desc
        """,
        row => new ConsoleSession(row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.Time(4)),
        SqlValue.Ms(database.Clock.GetUtcNow())));

    /// <summary>Ends a session; false when it is not open.</summary>
    public Task<bool> EndAsync(string id, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            var ended = transaction.Execute(
                "update console_sessions set ended_at = $1 where id = $2 and ended_at is null and expires_at > $1",
                SqlValue.Ms(now), id) > 0;
            if (ended) AccessRecord.Append(transaction, now, "SessionEnded", ("session", id), ("by", by));
            return ended;
        }, cancellationToken);

    /// <summary>Puts a log-in that was refused on the record.</summary>
    public Task RefusedAsync(string address, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => AccessRecord.Append(
            transaction, database.Clock.GetUtcNow(), "LogInRefused", ("address", address), ("why", why)),
            cancellationToken);
}
