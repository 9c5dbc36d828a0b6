using System.Security.Cryptography;
using System.Text;
using Baton.Storage;

namespace Baton.Operations;

/// <summary>
/// Keys that open the API and the console: 256 random bits, stored as SHA-256, which is enough for a secret nobody
/// chose. Comparisons take the same time whatever the key is.
/// </summary>
internal sealed class ApiKeys(Database database)
{
    private const string Prefix = "bt_";
    private const int Bytes = 32;

    /// <summary>Held by whoever looks which names are taken.</summary>
    private const string Names = "keys";

    /// <summary>Longest key that is looked at, characters.</summary>
    private const int LongestKey = 200;

    /// <summary>
    /// Characters of a key that are kept to recognise it by: three of the prefix, six of the 64 that count.
    /// </summary>
    private const int ShownCharacters = 9;

    /// <summary>Columns that <see cref="Map"/> reads.</summary>
    internal const string Columns = "k.id, k.name, k.shown, k.scopes, k.created_at, k.expires_at, k.revoked_at";

    /// <summary>Makes the first key of an installation, for everything; null when there is one already.</summary>
    /// <returns>The key, to be shown once.</returns>
    public Task<string?> CreateFirstAsync(CancellationToken cancellationToken) => database.WriteAsync(transaction =>
    {
        transaction.Lock(Names);
        return transaction.Number("select count(*) from api_keys") > 0
            ? null
            : Insert(transaction, "first", [AccessScopes.Everything], null, "first start");
    }, cancellationToken);

    /// <summary>Makes a further key; null when a key in use has this name.</summary>
    /// <returns>The key, to be shown once.</returns>
    public Task<string?> CreateAsync(
        string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, string by,
        CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Names);
            return All(transaction).Any(k => k.Name == name && k.IsInUse(database.Clock.GetUtcNow()))
                ? null
                : Insert(transaction, name, scopes, expiresAt, by);
        }, cancellationToken);

    /// <summary>The key's record, or null when nobody has it, or it was revoked, or it expired.</summary>
    public ApiKey? Find(string key)
    {
        if (key.Length > LongestKey) return null;
        var given = Encoding.ASCII.GetBytes(Hash(key));
        ApiKey? found = null;
        foreach (var (hash, owner) in database.Read(c => c.Query(
            $"select k.hash, {Columns} from api_keys k", row => (row.Bytes(0), Map(row, 1)))))
            if (CryptographicOperations.FixedTimeEquals(hash, given)) found = owner;
        return found?.IsInUse(database.Clock.GetUtcNow()) == true ? found : null;
    }

    /// <summary>Every key, the oldest first, ended ones too.</summary>
    public List<ApiKey> List() => database.Read(All);

    /// <summary>
    /// Ends a key in use, and with it every session that was started with it; false when there is none.
    /// </summary>
    /// <param name="nameOrId">Its name or its id.</param>
    /// <param name="by">Who does it, for the record.</param>
    public Task<bool> RevokeAsync(string nameOrId, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Names);
            var now = database.Clock.GetUtcNow();
            var key = All(transaction).Find(k => (k.Id == nameOrId || k.Name == nameOrId) && k.IsInUse(now));
            if (key is null) return false;
            transaction.Execute("update api_keys set revoked_at = $1 where id = $2", SqlValue.Ms(now), key.Id);
            transaction.Execute(
                "update console_sessions set ended_at = $1 where key_id = $2 and ended_at is null", SqlValue.Ms(now),
                key.Id);
            AccessRecord.Append(transaction, now, "KeyRevoked", ("key", key.Id), ("name", key.Name), ("by", by));
            return true;
        }, cancellationToken);

    /// <summary>A row that starts with <see cref="Columns"/>.</summary>
    internal static ApiKey Map(Row row, int from) => new()
    {
        Id = row.Text(from), Name = row.Text(from + 1), Shown = row.TextOrNull(from + 2),
        Scopes = row.Text(from + 3).Split(' '), CreatedAt = row.Time(from + 4),
        ExpiresAt = row.TimeOrNull(from + 5), RevokedAt = row.TimeOrNull(from + 6),
    };

    private static List<ApiKey> All(ReadConnection connection) => connection.Query(
        $"select {Columns} from api_keys k order by k.created_at, k.id", row => Map(row, 0));

    private string Insert(
        WriteTransaction transaction, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, string by)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var (hash, now) = (Hash(key), database.Clock.GetUtcNow());
        var (id, words) = ("key_" + hash[..12], string.Join(' ', scopes));
        transaction.Execute(
            "insert into api_keys (hash, id, name, shown, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
            hash, id, name, key[..ShownCharacters], words, SqlValue.Ms(now),
            expiresAt is { } end ? SqlValue.Ms(end) : default(SqlValue));
        AccessRecord.Append(transaction, now, "KeyCreated", ("key", id), ("name", name), ("scopes", words), ("by", by));
        return key;
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
