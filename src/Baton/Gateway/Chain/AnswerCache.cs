using System.Security.Cryptography;
using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Baton.Gateway.Reuse;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Storage.Sealing;
using Baton.Storage;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>An answer that may be given again.</summary>
/// <param name="Cost">What it cost the first time.</param>
internal sealed record CachedAnswer(string Text, string Model, string? ServedModel, Usd Cost);

/// <summary>Answers in the database, bounded in time, number and size.</summary>
internal sealed class AnswerCache(Database database, TimeProvider clock)
{
    /// <summary>The number of entries is checked once in so many writes.</summary>
    private const int WritesPerTrim = 64;

    private int _writes;
    private volatile Task _work = Task.CompletedTask;

    /// <summary>The latest write. Writes are in order, so behind it is every answer that was kept before.</summary>
    public Task Work => _work;

    public CachedAnswer? Find(byte[] key) => database.Read(connection => connection.First(
        "select answer from cached_answers where key = $1 and expires_at > $2",
        row => JsonSerializer.Deserialize<CachedAnswer>(row.Utf8(0)), key, SqlValue.Ms(clock.GetUtcNow())));

    /// <param name="similar">The request as one whose answer may serve similar ones too; null when it may not.</param>
    /// <returns>Whether it is small enough to be kept.</returns>
    public bool Keep(byte[] key, CachedAnswer answer, CachePolicy policy, SimilarRequest? similar)
    {
        var json = JsonSerializer.Serialize(answer);
        if (json.Length > policy.MaxEntryBytes) return false;
        var now = clock.GetUtcNow();
        var trim = Interlocked.Increment(ref _writes) % WritesPerTrim == 0;
        // Nobody waits for this write but the end of the process.
        _work = WriteAsync(t =>
        {
            t.Execute(
                """
                insert into cached_answers (key, at, expires_at, cost, answer, group_key, question)
                values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (key) do update set at = $2, expires_at = $3, cost = $4, answer = $5, group_key = $6,
                    question = $7
                """,
                key, SqlValue.Ms(now), SqlValue.Ms(now + policy.TimeToLive), answer.Cost.Nanos, json, similar?.Group,
                similar?.Text);
            if (trim) Trim(t, now, policy.MaxEntries);
        });
        return true;
    }

    /// <summary>Forgets everything: no row says whose question it answered, and asking again costs little.</summary>
    public static int Erase(WriteTransaction transaction, ErasedOwner owner) =>
        owner.Tickets.Count == 0 ? 0 : transaction.Execute("delete from cached_answers");

    private async Task WriteAsync(Action<WriteTransaction> write)
    {
        try
        {
            await database.WriteAsync(write).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // Losing a cached answer costs one more call and nothing else.
        }
    }

    private static void Trim(WriteTransaction transaction, DateTimeOffset now, int max)
    {
        transaction.Execute("delete from cached_answers where expires_at <= $1", SqlValue.Ms(now));
        transaction.Execute(
            """
            delete from cached_answers where key in (
                select key from cached_answers order by at desc limit $2 offset $1)
            """,
            (long)max, (long)int.MaxValue);
    }
}

/// <summary>The identity of a request: everything that can change its answer, and who may share it.</summary>
internal static class CacheKey
{
    public static byte[] Of(CallState call, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tenant = call.Context.Tenant ?? call.Context.Key ?? "";
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes<string?[]>(
            [tenant, call.Stage.Name, call.Stage.Tier, call.Alias, string.Join(',', Models(call))]));
        // The wire form is canonical: the same request always has the same bytes.
        hash.AppendData(OpenAiRequestJson.Write(new OpenAiModel("", false), messages, options, stream: false).Span);
        return hash.GetHashAndReset();
    }

    /// <summary>Another model behind the same name must not be answered for by the old one.</summary>
    private static IEnumerable<string> Models(CallState call) =>
        (call.Policy.Tier(call.Alias ?? call.Stage.Tier)?.Models ?? [call.Alias ?? ""])
            .Select(name => $"{name}={call.Policy.Model(name)?.Id}");
}
