using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Baton.Tests.Gateway.Endpoint;

namespace Baton.Tests.Gateway;

/// <summary>
/// A provider that makes as much output as it is allowed to, and a caller that sends anything: what is spent stays
/// within the key's budget.
/// </summary>
public sealed class ArbitraryRequestTests
{
    private static readonly string[] Numbers =
        ["-1000000", "-1", "0", "1", "7", "500", "4000", "99999", "1000000", "2147483648", "1e3", "1e400", "null",
            "true",
            "\"50\"", "[1]", "{}", "0.5", "-0"];

    private static readonly string[] Names =
        ["max_tokens", "max_completion_tokens", "n", "stream", "temperature", "prediction", "stream_options", "x"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task No_request_spends_more_than_the_budget(int seed)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await using var host = await EndpointHost.StartAsync(fixture);
        fixture.One.Script = new StandInScript { Otherwise = new StandInAnswer { FillsLimit = true } };
        var limit = new Usd(0.03m);
        var random = new Random(seed);
        string[] secrets = [await Key(false), await Key(true)];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 60).Select(_ => (Body: Body(random), Secret: secrets[random.Next(2)])).ToList(),
            TestContext.Current.CancellationToken,
            async (call, _) =>
            {
                var (status, answer) = await host.PostAsync("chat/completions", call.Body, call.Secret);
                Assert.True(status is 200 or 400 or 402 or 404, $"{status} {answer} to {call.Body}");
            });

        var receipts = await fixture.Receipts();
        foreach (var key in receipts.GroupBy(r => r.Key))
        {
            var reservation = key.Max(r => r.Candidates.Max(c => c.Estimate.Amount));
            Assert.InRange(key.Sum(r => r.Cost.Amount), 0m, limit.Amount + reservation);
        }
        Assert.Contains(receipts, r => r.Cost > Usd.Zero);
        await fixture.Reconcile();

        Task<string> Key(bool passthrough) => host.Key(key => key with
        {
            Passthrough = passthrough, Budget = new KeyBudget(limit, BudgetPeriod.Month),
        });
    }

    private static string Body(Random random)
    {
        List<string> fields = [""" "model":"small" """, """ "messages":[{"role":"user","content":"hello there"}] """];
        for (var i = random.Next(4); i > 0; i--)
            fields.Add($"\"{Names[random.Next(Names.Length)]}\":{Numbers[random.Next(Numbers.Length)]}");
        return "{" + string.Join(',', fields) + "}";
    }
}
