using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Baton.Storage;

namespace Baton.Knowledge.Vectors;

/// <summary>
/// Vectors of customers' redacted texts in the database, where a service makes them: a restart does not pay for them
/// again. A row is found by a keyed hash of model, customer and text, so that nobody can ask the table whether a text
/// was written; it goes with the customer, and after thirty days in any case.
/// </summary>
/// <param name="secret">Key of the hash; see <see cref="Secret"/>.</param>
internal sealed class StoredVectors(Database database, byte[] secret)
{
    private const int SecretBytes = 32;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The key of this machine, made when it is first asked for; it lies beside the trained models.</summary>
    public static byte[] Secret(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "vectors.key");
        try
        {
            // Whole under its own name: another process that starts now reads all of it or none.
            var unfinished = $"{path}.{Path.GetRandomFileName()}.tmp";
            File.WriteAllBytes(unfinished, RandomNumberGenerator.GetBytes(SecretBytes));
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            foreach (var left in Directory.GetFiles(folder, "vectors.key.*.tmp")) File.Delete(left);
        }
        return File.ReadAllBytes(path);
    }

    /// <summary>What a text is kept under.</summary>
    /// <param name="model">Model and tokenizer.</param>
    public byte[] Key(string model, string customer, string text) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{model}\0{customer}\0{text}"));

    public float[]? Find(byte[] key) => database.Read(connection => connection.First(
        "select vector from text_vectors where key = $1",
        row => MemoryMarshal.Cast<byte, float>(row.Bytes(0)).ToArray(), key));

    /// <summary>Keeps vectors of a customer's texts, and forgets what is too old.</summary>
    public Task KeepAsync(
        string customer, IReadOnlyList<(byte[] Key, float[] Vector)> made, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            transaction.Execute("delete from text_vectors where at_ms < $1", SqlValue.Ms(now - Kept));
            foreach (var (key, vector) in made)
                transaction.Execute(
                    """
                    insert into text_vectors (key, customer_id, vector, at_ms) values ($1, $2, $3, $4)
                    on conflict (key) do nothing
                    """,
                    key, customer, MemoryMarshal.AsBytes(vector.AsSpan()).ToArray(), SqlValue.Ms(now));
        }, cancellationToken);

    /// <summary>Deletes what is kept of a customer.</summary>
    public Task<int> EraseAsync(string customer, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => Erase(transaction, customer), cancellationToken);

    /// <inheritdoc cref="EraseAsync"/>
    public static int Erase(WriteTransaction transaction, string customer) =>
        transaction.Execute("delete from text_vectors where customer_id = $1", customer);
}
