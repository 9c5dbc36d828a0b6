using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Testing.StandIn;
using Baton.Tests.Storage;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway.Money;

/// <summary>A real process that is killed in the middle of paid calls.</summary>
public sealed class GatewayCrashTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Money_still_adds_up_after_a_kill_and_open_attempts_become_receipts()
    {
        using var child = ChildProcess.Start(_temporary.Path, nameof(Child.Asks_until_it_is_killed));
        await child.WaitForLinesAsync(60);
        child.Kill();

        var database = _temporary.Database;
        var open = database.Read(c => c.Number("select count(*) from open_attempts"));
        var later = new ManualClock(TimeProvider.System.GetUtcNow().AddMinutes(5));
        var parts = Parts(database, "http://127.0.0.1:1/v1", later);
        var recovered = await parts.Receipts.RecoverAsync(TestContext.Current.CancellationToken);
        var receipts = database.Read(c => ReceiptStore.Between(c, DateTimeOffset.UnixEpoch, later.GetUtcNow()));

        Assert.Equal(open, recovered);
        Assert.Subset(receipts.Select(r => r.Id).ToHashSet(), child.Lines().ToHashSet());
        Assert.Equal(recovered, receipts.Count(r => r is { Status: ReceiptStatus.Abandoned, Cost.Amount: > 0 }));
        Assert.True(Reconciliation.Check(database, parts, receipts) > Usd.Zero);
        Assert.Empty(database.Read(LedgerVerifier.Verify).Problems);
    }

    /// <summary>What the child does: this program, told to run one of these instead of the tests.</summary>
    public sealed class Child
    {
        [Fact(Explicit = true)]
        public async Task Asks_until_it_is_killed()
        {
            await using var child = ChildProcess.OpenSelf();
            await using var server = await StandInServer.StartAsync(new StandInScript
            {
                Latency = new StandInLatency { MedianMs = 20 },
                Faults = new StandInChance(0.2, [StandInFault.ServerError, StandInFault.CutStream]),
            });
            var gateway = new ModelGateway(Parts(child.Database, server.Address + "v1", TimeProvider.System));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
            {
                for (var call = 0; ; call++) await Ask(gateway, child, $"T-{caller}", call);
            }));
        }

        private static async Task Ask(ModelGateway gateway, ChildProcess.Self child, string ticket, int call)
        {
            var context = new CallContext { Stage = "triage", Ticket = ticket };
            try
            {
                var answer = await gateway.GetResponseAsync(
                    [new ChatMessage(ChatRole.User, $"question {call}")], context.On());
                await gateway.Parts.Receipts.FlushAsync();
                child.Say(answer.Receipts()[^1].Id);
            }
            catch (GatewayException)
            {
                // A fault of the stand-in; its receipt is checked by the parent.
            }
        }
    }

    private static GatewayParts Parts(Database database, string endpoint, TimeProvider clock)
    {
        var policy = new ModelsPolicy
        {
            Providers = [SomePolicy.Provider(ProviderKind.OpenAi, endpoint)],
            Models = [SomePolicy.Model("small")],
            Tiers = [new TierPolicy("commodity", ["small"])],
            Stages = [new StagePolicy { Name = "triage", Tier = "commodity", Timeout = TimeSpan.FromSeconds(20) }],
        };
        var access = new ProviderAccess { Secret = _ => "key", Clock = clock };
        return new GatewayParts(database, () => policy, access, new Redactor(), new GatewayOptions
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
        });
    }
}
