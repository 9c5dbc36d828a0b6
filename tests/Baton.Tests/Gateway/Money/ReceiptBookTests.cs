using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Storage;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway.Money;

/// <summary>Receipts on a disk that is full and gets room again.</summary>
public sealed class ReceiptBookTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-receipts-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_full_disk_loses_no_receipt_and_stops_further_calls_with_the_reason()
    {
        await using var standIn = await StandInServer.StartAsync(cancellationToken: Token);
        await using var database = Open();
        var gateway = Gateway(database, standIn);
        await AskAsync(gateway, "T-before");
        await gateway.FlushAsync(Token);
        await SetLimitAsync(database, full: true);

        await AskAsync(gateway, "T-unwritten");
        var flush = await Assert.ThrowsAsync<GatewayException>(() => gateway.FlushAsync(Token));
        var refused = await Assert.ThrowsAsync<GatewayException>(() => AskAsync(gateway, "T-refused"));

        Assert.Equal(GatewayFailure.Stopped, flush.Failure);
        Assert.Equal(GatewayFailure.Stopped, refused.Failure);
        Assert.Contains("Check disk and database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, standIn.Requests.Count);

        await SetLimitAsync(database, full: false);
        await RecoverAsync(gateway);
        await AskAsync(gateway, "T-after");
        await gateway.FlushAsync(Token);

        var receipts = database.Read(c => ReceiptStore.Between(c, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
        Assert.Equal(["T-before", "T-unwritten", "T-after"], receipts.Select(r => r.Ticket));
        Assert.True(Reconciliation.Check(database, gateway.Parts, receipts) > Usd.Zero);
    }

    [Fact]
    public async Task A_closed_database_refuses_calls_instead_of_forgetting_their_price()
    {
        await using var standIn = await StandInServer.StartAsync(cancellationToken: Token);
        var database = Open();
        var gateway = Gateway(database, standIn);
        await AskAsync(gateway, "T-1");
        await gateway.FlushAsync(Token);
        await database.DisposeAsync();

        await AskAsync(gateway, "T-1");
        await Assert.ThrowsAsync<GatewayException>(() => gateway.FlushAsync(Token));

        var refused = await Assert.ThrowsAsync<GatewayException>(() => AskAsync(gateway, "T-1"));
        Assert.Equal(GatewayFailure.Stopped, refused.Failure);
    }

    [Fact]
    public async Task Flushing_waits_for_everything_that_was_added_before()
    {
        await using var standIn = await StandInServer.StartAsync(cancellationToken: Token);
        await using var database = Open();
        var gateway = Gateway(database, standIn);

        await Parallel.ForEachAsync(Enumerable.Range(0, 50), Token, async (i, _) =>
        {
            var answer = await AskAsync(gateway, $"T-{i}");
            await gateway.FlushAsync(Token);
            var id = answer.Receipts()[^1].Id;
            Assert.Equal(1, database.Read(c => c.Number("select count(*) from receipts where id = $1", id)));
        });

        Assert.Equal(0, database.Read(c => c.Number("select count(*) from open_attempts")));
    }

    /// <summary>
    /// The next call or the recovery of every minute tries again; the first of them may still be refused.
    /// </summary>
    private static async Task RecoverAsync(ModelGateway gateway) =>
        Assert.Equal(0, await gateway.Parts.Receipts.RecoverAsync(Token));

    private Database Open() =>
        Database.Open(new DatabaseOptions { Path = Path.Combine(_folder, "receipts.db") }, TimeProvider.System);

    /// <summary>SQLite's own page limit gives the same error as a disk without room.</summary>
    private static async Task SetLimitAsync(Database database, bool full)
    {
        var pages = database.Read(c => c.Number("pragma page_count"))!.Value;
        await database.WriteAsync(t => t.Number($"pragma max_page_count = {(full ? pages : 1_000_000)}"), Token);
    }

    private static Task<ChatResponse> AskAsync(ModelGateway gateway, string ticket) => gateway.GetResponseAsync(
        [new ChatMessage(ChatRole.User, new string('x', 2000))],
        new CallContext
        {
            Stage = "triage", Ticket = ticket,
            Tags = Enumerable.Range(0, 40).ToDictionary(i => $"tag{i}", _ => new string('y', 190)),
        }.On(), Token);

    private static ModelGateway Gateway(Database database, StandInServer standIn)
    {
        var policy = new ModelsPolicy
        {
            Providers = [SomePolicy.Provider(ProviderKind.OpenAi, standIn.Address + "v1")],
            Models = [SomePolicy.Model("small")],
            Tiers = [new TierPolicy("commodity", ["small"])],
            Stages = [new StagePolicy { Name = "triage", Tier = "commodity", Timeout = TimeSpan.FromSeconds(20) }],
        };
        return new ModelGateway(new GatewayParts(
            database, () => policy, new ProviderAccess { Secret = _ => "key" }, new Redactor(), new GatewayOptions()));
    }
}
