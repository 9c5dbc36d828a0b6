using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage.Postgres;

public sealed class PostgresLedgerTests : LedgerConformance
{
    private readonly string _url = PostgresCluster.NewDatabase();

    private protected override Task<Database> OpenAsync() => Task.FromResult(PostgresCluster.Open(_url, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task Tells_a_follower_nothing_that_came_after_a_write_that_is_still_under_way()
    {
        await using var other = await OpenAgainAsync();
        var start = Db.Read(Ledger.Head);
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var late = Db.WriteAsync(t =>
        {
            Append(t, "late");
            begun.Release();
            Assert.True(goOn.Wait(Until.Limit));
        });
        Assert.True(await begun.WaitAsync(Until.Limit));

        await other.WriteAsync(t => Append(t, "early"));
        var before = Db.Read(c => Ledger.HeadsAfter(c, start, 10));
        goOn.Release();
        await late;
        List<EventHeadline> after = [];
        // Others of this server may be writing meanwhile.
        await Until.TrueAsync(() => (after = Db.Read(c => Ledger.HeadsAfter(c, start, 10))).Count == 2);

        Assert.Empty(before);
        Assert.Equal(["early", "late"], after.Select(e => e.Stream).Order());
        Assert.Equal(2, Db.Read(c => Ledger.HeadsAfter(c, start, 1)).Concat(
            Db.Read(c => Ledger.HeadsAfter(c, after[0].Place, 10))).Count());
    }

    [Fact]
    public async Task Lets_two_streams_be_written_at_the_same_time()
    {
        await using var other = await OpenAgainAsync();
        using var bothThere = new Barrier(2);

        await Task.WhenAll(((Database[])[Db, other]).Select((database, i) => database.WriteAsync(t =>
        {
            Append(t, $"c{i}");
            // Each waits inside its transaction until the other is inside its own.
            Assert.True(bothThere.SignalAndWait(Until.Limit));
        })));

        Assert.Equal(2, Db.Read(LedgerVerifier.Verify).Streams);
    }

    private void Append(WriteTransaction transaction, string stream) => Ledger.Append(
        transaction, stream, 0, new NewEvent("Noted", Clock.GetUtcNow(), "{}"));
}
