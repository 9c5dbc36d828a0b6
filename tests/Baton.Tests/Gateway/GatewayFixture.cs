using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Testing;
using Baton.Testing.StandIn;
using Baton.Tests.Gateway.Money;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>A gateway over two stand-in providers, <c>one</c> (cheap) and <c>two</c>, with its own database.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private readonly TemporaryDatabase _file = new();
    private ModelGateway? _gateway;

    public required StandInServer One { get; init; }

    public required StandInServer Two { get; init; }

    /// <summary>Set before the first call.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public GatewayOptions Options { get; set; } = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    public Func<string?> KillSwitch { get; set; } = () => null;

    public Baton.Gateway.Routing.EstimateDifficulty Difficulty { get; set; } =
        Baton.Gateway.Routing.Difficulty.Estimate;

    public ModelsPolicy Policy { get; set; } = ModelsPolicy.None;

    public Baton.Storage.Database Database => _file.Database;

    /// <summary>One, also when many ask for it at once: two would each have budgets of their own.</summary>
    public ModelGateway Gateway
    {
        get { lock (_file) return _gateway ??= new ModelGateway(Parts()); }
    }

    public GatewayParts GatewayParts => Gateway.Parts;

    public static async Task<GatewayFixture> StartAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var fixture = new GatewayFixture
        {
            One = await StandInServer.StartAsync(cancellationToken: cancel),
            Two = await StandInServer.StartAsync(cancellationToken: cancel),
        };
        fixture.Policy = new ModelsPolicy
        {
            Providers =
            [
                SomePolicy.Provider(ProviderKind.OpenAi,
                    new Uri(fixture.One.Address, "v1").ToString()) with { MaxAttempts = 1 },
                SomePolicy.Provider(ProviderKind.Anthropic, fixture.Two.Address.ToString(),
                    "two") with { MaxAttempts = 1 },
            ],
            Models = [SomePolicy.Model("small"), SomePolicy.Model("large", "two", 10m, 40m)],
            Tiers = [new TierPolicy("commodity", ["small", "large"]), new TierPolicy("reasoning", ["large"])],
            Stages = [new StagePolicy { Name = "triage", Tier = "commodity", Timeout = TimeSpan.FromSeconds(20) }],
        };
        return fixture;
    }

    public void Change(Func<StagePolicy, StagePolicy> change) =>
        Policy = Policy with { Stages = [.. Policy.Stages.Select(change)] };

    public Task<ChatResponse> Ask(string text, CallContext? context = null, ChatOptions? options = null) =>
        Gateway.GetResponseAsync([new(ChatRole.User, text)], (context ?? Triage).On(options),
            TestContext.Current.CancellationToken);

    public async Task<List<ChatResponseUpdate>> Stream(
        string text, CallContext? context = null, ChatOptions? options = null)
    {
        var updates = new List<ChatResponseUpdate>();
        var stream = Gateway.GetStreamingResponseAsync([new(ChatRole.User, text)], (context ?? Triage).On(options),
            TestContext.Current.CancellationToken);
        await foreach (var update in stream) updates.Add(update);
        return updates;
    }

    public static CallContext Triage => new() { Stage = "triage", Ticket = "T-1", Customer = "C-1" };

    /// <summary>Every receipt, after everything is on the disk.</summary>
    public async Task<List<Receipt>> Receipts()
    {
        await GatewayParts.Receipts.FlushAsync(TestContext.Current.CancellationToken);
        await GatewayParts.Answers.Work.WaitAsync(TestContext.Current.CancellationToken);
        return _file.Database.Read(c => ReceiptStore.Between(
            c, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(500)));
    }

    /// <inheritdoc cref="Reconciliation.Check"/>
    public async Task<Usd> Reconcile() => Reconciliation.Check(_file.Database, GatewayParts, await Receipts());

    /// <summary>Starts over on the same file, as a process does after a crash.</summary>
    public void Restart() => _gateway = null;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.Parts.Receipts.FlushAsync(CancellationToken.None);
        await _file.DisposeAsync();
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }

    private GatewayParts Parts() => new(_file.Database, () => Policy,
        new ProviderAccess { Secret = _ => "key", Clock = Clock }, new Redactor(), Options)
    {
        KillSwitch = () => KillSwitch(),
        EstimateDifficulty = Difficulty,
    };
}
