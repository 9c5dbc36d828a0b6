using System.Security.Cryptography;
using System.Text;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage.Ledgers;

public sealed class LedgerTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Reads_back_what_was_appended()
    {
        var at = new DateTimeOffset(2026, 6, 3, 14, 0, 0, 123, TimeSpan.FromHours(2));
        await Append("c1", 0, new NewEvent("ConversationStarted", at, """{"channel":"e-mail","text":"größe"}"""));

        var fact = Assert.Single(Db.Read(c => Ledger.Read(c, "c1")));

        Assert.Equal(("c1", 1L, "ConversationStarted"), (fact.StreamId, fact.Version, fact.Type));
        Assert.Equal(at, fact.At);
        Assert.Equal("""{"channel":"e-mail","text":"größe"}""", fact.Json);
    }

    [Fact]
    public async Task Answers_the_new_version()
    {
        Assert.Equal(new AppendOutcome.Appended(2), await Append("c1", 0, Fact(1), Fact(2)));
        Assert.Equal(new AppendOutcome.Appended(3), await Append("c1", 2, Fact(3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Refuses_an_append_that_expects_another_version(long expected)
    {
        await Append("c1", 0, Fact(1), Fact(2));

        Assert.Equal(new AppendOutcome.Conflict(expected, 2), await Append("c1", expected, Fact(3)));

        Assert.Equal(2, Db.Read(c => Ledger.Version(c, "c1")));
    }

    [Fact]
    public async Task Lets_one_of_many_concurrent_appends_win_each_version()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Append("c1", 0, Fact(i))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
    }

    [Fact]
    public async Task Numbers_all_events_without_gaps_even_after_a_failed_work()
    {
        Assert.SkipWhen(PostgresCluster.Wanted, "a sequence counts on where a write is undone");
        await Append("c1", 0, Fact(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.WriteAsync(t =>
        {
            Ledger.Append(t, "c2", 0, Fact(1), Fact(2));
            throw new InvalidOperationException();
        }));
        await Append("c3", 0, Fact(1));

        Assert.Equal([1, 2], Ledger.ReadAll(Db).Select(e => e.Seq));
    }

    [Fact]
    public async Task Reads_from_a_version_and_from_a_position()
    {
        await Append("c1", 0, [.. Enumerable.Range(1, 5).Select(Fact)]);
        await Append("c2", 0, [.. Enumerable.Range(1, 1_500).Select(Fact)]);

        Assert.Equal([4, 5], Db.Read(c => Ledger.Read(c, "c1", fromVersion: 4)).Select(e => e.Version));
        Assert.Equal(1_503, Ledger.ReadAll(Db, fromSeq: 3).Count());
    }

    [Fact]
    public async Task Chains_hashes_as_documented()
    {
        await Append("c1", 0, Fact(1), Fact(2));

        var facts = Db.Read(c => Ledger.Read(c, "c1"));

        var first = Sha256("\nc1\n1\nNoted\n2026-06-03T12:00:01.0000000Z\n{\"n\":1}");
        Assert.Equal(first, facts[0].Hash);
        Assert.Equal(Sha256($"{first}\nc1\n2\nNoted\n2026-06-03T12:00:02.0000000Z\n{{\"n\":2}}"), facts[1].Hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Refuses_a_stream_id_that_would_blur_the_hash(string stream) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Append(stream, 0, Fact(1)));

    [Fact]
    public async Task Keeps_a_stream_of_ten_thousand_events()
    {
        for (var version = 0; version < 10_000; version += 1_000)
            await Append("c1", version, [.. Enumerable.Range(version, 1_000).Select(Fact)]);

        Assert.Equal(10_000, Db.Read(c => Ledger.Read(c, "c1")).Count);
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);
    }

    private Database Db => _temporary.Database;

    private Task<AppendOutcome> Append(string stream, long expected, params NewEvent[] facts) =>
        Db.WriteAsync(t => Ledger.Append(t, stream, expected, facts));

    private NewEvent Fact(int n) => new("Noted", _temporary.Clock.GetUtcNow().AddSeconds(n), $$"""{"n":{{n}}}""");

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
