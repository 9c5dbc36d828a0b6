using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage.Ledgers;

public sealed class LedgerRebuildTests : IAsyncLifetime
{
    private static readonly ReadTable Totals = new("totals", ["totals"], (transaction, _, events) =>
    {
        foreach (var fact in events) Apply(transaction, fact);
    });

    private readonly TemporaryDatabase _temporary = new();

    public async ValueTask InitializeAsync()
    {
        await Db.WriteAsync(t => t.Execute("create table totals (stream text primary key, sum integer, last text)"));
        await Task.WhenAll(Enumerable.Range(0, 2_500).Select(i => Add($"c{i % 7}", i)));
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Gives_the_same_content_as_before()
    {
        var rebuilt = Assert.Single(await LedgerRebuild.RunAsync(Db, [Totals], CancellationToken.None));

        Assert.Equal(new RebuiltTable("totals", 7, Changed: false), rebuilt);
    }

    [Fact]
    public async Task Mends_a_read_table_and_says_that_it_differed()
    {
        await Db.WriteAsync(t => t.Execute("update totals set sum = totals.sum + 1 where stream = 'c3'"));
        await Db.WriteAsync(t => t.Execute("delete from totals where stream = 'c4'"));

        var rebuilt = await LedgerRebuild.RunAsync(Db, [Totals], CancellationToken.None);

        Assert.Equal([new RebuiltTable("totals", 7, Changed: true)], rebuilt);
        Assert.Equal(2_500 * 2_499 / 2, Db.Read(c => c.Number("select sum(sum) from totals")));
    }

    [Fact]
    public async Task Leaves_the_tables_as_they_were_when_it_fails()
    {
        var broken = Totals with { Write = (_, stream, _) => throw new InvalidDataException(stream) };

        await Assert.ThrowsAsync<InvalidDataException>(
            () => LedgerRebuild.RunAsync(Db, [broken], CancellationToken.None));

        Assert.Equal(7, Db.Read(c => c.Number("select count(*) from totals")));
    }

    private Database Db => _temporary.Database;

    private Task Add(string stream, int amount) => Db.WriteAsync(t =>
    {
        var fact = new NewEvent("Added", _temporary.Clock.GetUtcNow(), $$"""{"amount":{{amount}}}""");
        Ledger.Append(t, stream, Ledger.Version(t, stream), fact);
        Apply(t, Ledger.Read(t, stream)[^1]);
    });

    private static void Apply(WriteTransaction transaction, StoredEvent fact) => transaction.Execute("""
        insert into totals (stream, sum, last) values ($1, $2, $3)
        on conflict (stream) do update set sum = totals.sum + $2, last = $3
        """,
        fact.StreamId, JsonDocument.Parse(fact.Data).RootElement.GetProperty("amount").GetInt64(),
        fact.At.ToString("O"));
}
