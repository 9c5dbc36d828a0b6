using System.Security.Cryptography;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Audit.Exporting;

/// <summary>The key that exports are signed with (ECDSA, P-256).</summary>
/// <param name="Id">First 16 digits of the SHA-256 of its public half.</param>
/// <param name="Public">The public half, as SubjectPublicKeyInfo.</param>
internal sealed record SigningKey(string Id, byte[] Public, byte[] Private)
{
    /// <summary>The public half as people keep it.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", Public);

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Private, out _);
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public static string IdOf(ReadOnlySpan<byte> publicKey) =>
        Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];
}

/// <summary>
/// Keeps the key. It lies closed in the database, and what opens it is with the customers' keys, outside: who has a
/// copy of the database alone can sign nothing. Where that is lost, the next export makes another key.
/// </summary>
internal sealed class SigningKeys(Database database)
{
    private const string Lock = "audit/signing-key";

    /// <summary>The newest key that opens, or a new one.</summary>
    public async Task<SigningKey> CurrentAsync(CancellationToken cancellationToken) =>
        database.Read(Newest) ?? await database.WriteAsync(Make, cancellationToken).ConfigureAwait(false);

    private SigningKey Make(WriteTransaction transaction)
    {
        transaction.Lock(Lock);
        if (Newest(transaction) is { } known) return known;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (open, closed) = (key.ExportSubjectPublicKeyInfo(), key.ExportPkcs8PrivateKey());
        var (id, number) = (SigningKey.IdOf(open), transaction.Keys.Make());
        transaction.Execute(
            "insert into key_files (file) values ($1) on conflict (file) do nothing", (long)TextKeys.FileOf(number));
        transaction.Execute(
            "insert into signing_keys (id, key_id, sealed, public_key, made_at_ms) values ($1, $2, $3, $4, $5)",
            id, number, Seal.Close(transaction.Keys.Find(number)!, closed, Lock), open,
            SqlValue.Ms(database.Clock.GetUtcNow()));
        return new SigningKey(id, open, closed);
    }

    private static SigningKey? Newest(ReadConnection connection) => connection.Query(
        "select id, key_id, sealed, public_key from signing_keys order by made_at_ms desc, id",
        row => Opened(connection, row)).OfType<SigningKey>().FirstOrDefault();

    private static SigningKey? Opened(ReadConnection connection, Row row)
    {
        try
        {
            return connection.Keys.Find(row.Int64(1)) is { } key
                ? new SigningKey(row.Text(0), row.Bytes(3), Seal.Open(key, row.Utf8(2), Lock)) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
