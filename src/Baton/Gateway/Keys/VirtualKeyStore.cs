using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Operations;
using Baton.Storage;

namespace Baton.Gateway.Keys;

/// <summary>Virtual keys. The secret is shown once and stored as a hash: 256 random bits need no slow one.</summary>
internal sealed class VirtualKeyStore(Database database, TimeProvider clock)
{
    private const string Prefix = "bk_";
    private const int SecretBytes = 32;

    /// <summary>
    /// A change by another process counts after this time; on a server, where others are the rule, at once.
    /// </summary>
    private readonly TimeSpan _remember = database.IsShared ? TimeSpan.Zero : TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (VirtualKey? Key, DateTimeOffset Until)> _found = new();

    /// <summary>Processes that share the rates of keys.</summary>
    public int Processes => database.Liveness.Workers;

    /// <summary>Makes a key and returns its secret, which nobody can read again.</summary>
    public async Task<string> CreateAsync(VirtualKey key, string by, CancellationToken cancellationToken)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var (hash, settings) = (Hash(secret), JsonSerializer.Serialize(key));
        await database.WriteAsync(t =>
        {
            t.Execute("insert into virtual_keys (id, name, hash, created_at, settings) values ($1, $2, $3, $4, $5)",
                key.Id, key.Name, hash, SqlValue.Ms(clock.GetUtcNow()), settings);
            AccessRecord.Append(t, clock.GetUtcNow(), "VirtualKeyCreated",
                ("key", key.Id), ("name", key.Name), ("by", by));
        }, cancellationToken).ConfigureAwait(false);
        return secret;
    }

    /// <summary>Switches a key off for good; false when there is none of this name.</summary>
    public async Task<bool> DisableAsync(string name, string by, CancellationToken cancellationToken)
    {
        var changed = await database.WriteAsync(t =>
        {
            var disabled = t.Execute(
                "update virtual_keys set disabled_at = $1 where name = $2 and disabled_at is null",
                SqlValue.Ms(clock.GetUtcNow()), name) > 0;
            if (disabled)
                AccessRecord.Append(t, clock.GetUtcNow(), "VirtualKeyDisabled", ("name", name), ("by", by));
            return disabled;
        }, cancellationToken).ConfigureAwait(false);
        _found.Clear();
        return changed;
    }

    public List<VirtualKey> List() => database.Read(connection =>
        connection.Query("select settings, disabled_at from virtual_keys order by name", Map));

    /// <summary>The key of a secret, or null when there is none or it is switched off.</summary>
    public VirtualKey? Find(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100) return null;
        var hash = Hash(secret);
        var now = clock.GetUtcNow();
        // Remembered by hash, so that no secret stays in memory. A lookup by hash has nothing to compare in time.
        var name = Convert.ToHexString(hash);
        if (_found.TryGetValue(name, out var known) && known.Until > now) return known.Key;
        var key = database.Read(connection => connection.First(
            "select settings, disabled_at from virtual_keys where hash = $1 and disabled_at is null", Map, hash));
        if (key is not null) _found[name] = (key, now + _remember);
        else _found.TryRemove(name, out _);
        return key;
    }

    private static VirtualKey Map(Row row) =>
        JsonSerializer.Deserialize<VirtualKey>(row.Utf8(0))! with { DisabledAt = row.TimeOrNull(1) };

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
