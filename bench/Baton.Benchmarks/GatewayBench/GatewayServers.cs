using Baton.Gateway;
using Baton.Gateway.Endpoint;
using Baton.Gateway.Keys;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Storage;
using Baton.Testing.StandIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Benchmarks.GatewayBench;

/// <summary>The servers of <see cref="GatewayOverhead"/>, each run as a process of its own.</summary>
internal static class GatewayServers
{
    /// <summary>The stand-in, without a record of requests and without latency.</summary>
    public static async Task<int> StandInAsync()
    {
        var script = new StandInScript
        {
            KeepRequests = 0,
            Otherwise = new StandInAnswer { Text = "It is on its way.", InputTokens = 60, OutputTokens = 6 },
        };
        await using var server = await StandInServer.StartAsync(script);
        Console.WriteLine(server.Address);
        await server.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Baton's endpoint over the stand-in: virtual key, redaction, budgets, breaker and receipts on.</summary>
    public static async Task<int> GatewayAsync(string upstream)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        await using var database = Database.Open(
            new DatabaseOptions { Path = Path.Combine(folder, "gateway.db") }, TimeProvider.System);
        var policy = Policy(upstream + "v1");
        var options = new GatewayOptions();
        var gateway = new ModelGateway(new GatewayParts(
            database, () => policy, new ProviderAccess { Secret = _ => "key" }, new Redactor(), options));
        var keys = new VirtualKeyStore(database, TimeProvider.System);
        var secret = await keys.CreateAsync(new VirtualKey { Id = "bench", Name = "bench" }, "bench", CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGateway(new GatewayEndpointParts(gateway, keys, options, TimeProvider.System));
        await app.StartAsync();
        Console.WriteLine($"{app.Urls.First()} {secret}");
        await app.WaitForShutdownAsync();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static ModelsPolicy Policy(string endpoint) => new()
    {
        Providers =
        [
            new ProviderPolicy { Name = "one", Kind = ProviderKind.OpenAi, Endpoint = endpoint, KeyVariable = "KEY" },
        ],
        Models =
        [
            new ModelPolicy
            {
                Name = "small", Provider = "one", Id = "small", ContextTokens = 128_000,
                Prices = new ModelPrices(new DateOnly(2026, 11, 1), new Usd(0.15m), new Usd(0.60m)),
            },
        ],
        Tiers = [new TierPolicy("commodity", ["small"])],
        Stages = [new StagePolicy { Name = "external", Tier = "commodity" }],
        Budgets = new BudgetPolicy
        {
            Limits =
            [
                new SpendingLimit(BudgetScope.All, BudgetPeriod.Day, new Usd(1_000_000), OnExceed.Stop),
                new SpendingLimit(BudgetScope.Key, BudgetPeriod.Month, new Usd(1_000_000), OnExceed.Stop),
            ],
        },
    };
}
