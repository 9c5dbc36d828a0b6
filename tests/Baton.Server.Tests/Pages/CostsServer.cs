using Baton.Gateway;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>A host whose playbook has models and budgets, with the receipts of 24 days.</summary>
public sealed class CostsServer : IAsyncLifetime
{
    private const string Models = """
        providers:
          cloud: { kind: openai, endpoint: https://models.example/v1, key_variable: CLOUD_KEY }
        models:
          small: { provider: cloud, id: small, context_tokens: 100000, prices: { dated: 2026-11-01, input: 0.15, output: 0.60 } }
          large: { provider: cloud, id: large, context_tokens: 100000, prices: { dated: 2026-11-01, input: 2.5, output: 10 } }
        tiers:
          commodity: [small]
          reasoning: [large]
        budgets:
          limits:
            - { scope: all, period: month, limit: 4, on_exceed: downgrade }
            - { scope: customer, period: month, limit: 2, on_exceed: stop }

        """;

    public ServerFixture Server { get; } =
        new() { Files = new Dictionary<string, string> { ["models.yaml"] = Models } };

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        var book = Server.Services.GetRequiredService<GatewayParts>().Receipts;
        foreach (var receipt in Receipts(TimeProvider.System.GetUtcNow())) book.Add(receipt);
        await book.FlushAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static IEnumerable<Receipt> Receipts(DateTimeOffset now)
    {
        var random = new Random(4);
        string[] intents = ["order_status", "billing_dispute", "return_policy", "warranty_claim"];
        for (var i = 0; i < 400; i++)
        {
            var (large, cached) = (random.Next(4) == 0, random.Next(9) == 0);
            var cost = new Usd(Math.Round((large ? 0.02m : 0.0006m) * (decimal)Math.Exp(random.NextDouble()), 6));
            yield return new Receipt
            {
                Id = $"rc_{i}",
                CallId = $"call_{i}",
                Attempt = 1,
                At = i == 0 ? now : now.AddMinutes(-random.Next(24 * 60 * 24)),
                Stage = large ? "resolve" : random.Next(2) == 0 ? "triage" : "tone",
                Tier = large ? "reasoning" : "commodity",
                Model = large ? "large" : "small",
                Provider = "cloud",
                Status = cached ? ReceiptStatus.Cached : ReceiptStatus.Answered,
                Tokens = cached ? default : new Tokens(400, 0, 0, 60),
                Cost = cached ? Usd.Zero : cost,
                Saved = cached ? cost : Usd.Zero,
                PricesDated = new DateOnly(2026, 11, 1),
                Ticket = $"T-{i / 3}",
                Customer = $"cust_{random.Next(14)}",
                Tags = new Dictionary<string, string>
                {
                    ["intent"] = intents[i / 3 % intents.Length], ["cost_center"] = i % 5 == 0 ? "4711" : "4712",
                    ["business_unit"] = "outdoor",
                },
            };
        }
    }
}
