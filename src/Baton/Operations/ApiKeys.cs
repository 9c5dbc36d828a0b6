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

    /// <summary>Longest key that is looked at, characters.</summary>
    private const int LongestKey = 200;

    /// <summary>Makes the first key of an installation; null when there is one already.</summary>
    /// <returns>The key, to be shown once.</returns>
    public Task<string?> CreateFirstAsync(CancellationToken cancellationToken) => database.WriteAsync(transaction =>
        transaction.Number("select count(*) from api_keys") > 0 ? null : Insert(transaction, "first"), cancellationToken);

    /// <summary>Makes a further key.</summary>
    public Task<string> CreateAsync(string name, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Insert(transaction, name), cancellationToken);

    /// <summary>The name of a key, or null when nobody has it.</summary>
    public string? Find(string key)
    {
        if (key.Length > LongestKey) return null;
        var given = Encoding.ASCII.GetBytes(Hash(key));
        string? name = null;
        foreach (var (hash, owner) in database.Read(c => c.Query(
            "select hash, name from api_keys", row => (row.Bytes(0), row.Text(1)))))
            if (CryptographicOperations.FixedTimeEquals(hash, given)) name = owner;
        return name;
    }

    private string Insert(WriteTransaction transaction, string name)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        transaction.Execute("insert into api_keys (hash, name, created_at) values ($1, $2, $3)",
            Hash(key), name, SqlValue.Ms(database.Clock.GetUtcNow()));
        return key;
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
