using System.Security.Cryptography;
using Baton.Storage;

namespace Baton.Operations;

/// <summary>A log-in to the console that has not ended.</summary>
/// <param name="KeyName">Name of the key it was started with; null when a person signed in.</param>
/// <param name="PersonId">Who signed in; null when it was started with a key.</param>
/// <param name="Address">Where it was started from.</param>
internal sealed record ConsoleSession(
    string Id, string? KeyName, string? PersonId, string Address, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt);

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

    /// <summary>Starts a session with a key and returns its id.</summary>
    public Task<string> StartAsync(ApiKey key, string address, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Start(
            transaction, key.Id, null, address, ("key", key.Id), ("name", key.Name)), cancellationToken);

    /// <summary>Starts a session of a person and returns its id.</summary>
    public Task<string> StartAsync(string personId, string address, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => Start(transaction, "", personId, address, ("person", personId)), cancellationToken);

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

    /// <summary>The person whose session it is; null when it has ended, or was started with a key.</summary>
    public string? PersonOf(string id) => database.Read(c => c.First(
        "select person_id from console_sessions where id = $1 and ended_at is null and expires_at > $2",
        row => row.TextOrNull(0), id, SqlValue.Ms(database.Clock.GetUtcNow())));

    /// <summary>Sessions that are open now, the newest first.</summary>
    public List<ConsoleSession> List() => database.Read(c => c.Query(
        """
        select s.id, k.name, s.person_id, s.address, s.started_at, s.expires_at
        from console_sessions s left join api_keys k on k.id = s.key_id
        where s.ended_at is null and s.expires_at > $1 and (s.person_id is not null
            or (k.id is not null and k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)))
        order by s.started_at desc, s.id
        """,
        row => new ConsoleSession(
            row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.Text(3), row.Time(4), row.Time(5)),
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

    /// <summary>Ends every session of a person, in the transaction of what it follows from.</summary>
    public static void EndOf(WriteTransaction transaction, string personId, string by, DateTimeOffset now)
    {
        var ended = transaction.Execute(
            "update console_sessions set ended_at = $1 where person_id = $2 and ended_at is null and expires_at > $1",
            SqlValue.Ms(now), personId);
        if (ended > 0) AccessRecord.Append(transaction, now, "SessionsEnded", ("person", personId), ("by", by));
    }

    /// <summary>Puts a log-in that was refused on the record.</summary>
    public Task RefusedAsync(string address, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => AccessRecord.Append(
            transaction, database.Clock.GetUtcNow(), "LogInRefused", ("address", address), ("why", why)),
            cancellationToken);

    private string Start(
        WriteTransaction transaction, string keyId, string? personId, string address,
        params ReadOnlySpan<(string Name, string Value)> who)
    {
        var now = database.Clock.GetUtcNow();
        // The cookie is encrypted and signed: the id is a name, not a secret.
        var id = "s_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        transaction.Execute("delete from console_sessions where started_at < $1", SqlValue.Ms(now - Kept));
        transaction.Execute(
            """
            insert into console_sessions (id, key_id, person_id, address, started_at, expires_at)
            values ($1, $2, $3, $4, $5, $6)
            """,
            id, keyId, personId, address, SqlValue.Ms(now), SqlValue.Ms(now + Lifetime));
        AccessRecord.Append(transaction, now, "LoggedIn", [("session", id), .. who, ("address", address)]);
        return id;
    }
}
