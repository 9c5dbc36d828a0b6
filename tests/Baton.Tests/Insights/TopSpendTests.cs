using Baton.Gateway.Money;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Insights;

/// <summary>How spend is spread over customers.</summary>
public sealed class TopSpendTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Is_the_share_of_the_tenth_on_whom_most_was_spent()
    {
        for (var i = 1; i <= 20; i++) await SpendAsync($"c-{i}", "2026-11", i <= 2 ? 410 : 10);
        await SpendAsync("c-1", "2026-11-03", 999_999);
        await SpendAsync("c-9", "2026-10", 999_999);
        await SpendAsync("c-21", "2026-11", 0);

        var top = Read("2026-11-05", "2026-11-20");

        Assert.Equal((20, 2, 0.82), (top.Customers, top.Top, top.Share));
        Assert.Equal((Usd.FromNanos(1000), Usd.FromNanos(820)), (top.Spent, top.OnTop));
    }

    [Fact]
    public async Task Adds_the_months_of_a_period_up()
    {
        await SpendAsync("c-1", "2026-10", 30);
        await SpendAsync("c-1", "2026-11", 40);
        await SpendAsync("c-2", "2026-11", 30);

        Assert.Equal((2, 1, 0.7),
            (Read("2026-10-31", "2026-11-01").Customers, 1, Read("2026-10-31", "2026-11-01").Share));
    }

    [Fact]
    public void Is_nothing_where_nothing_was_spent() =>
        Assert.Equal((0, 0, null),
            (Read("2026-11-05", "2026-11-20") is var top ? top.Customers : 1, top.Top, top.Share));

    private TopSpend Read(string from, string to) => _temporary.Database.Read(c => TopSpend.Read(
        c, InsightPeriod.Read(from, to, _temporary.Clock.GetUtcNow())));

    private Task SpendAsync(string customer, string period, long nanos) =>
        _temporary.Database.WriteAsync(t => t.Execute(
        "insert into spending (scope, subject, period, cost) values ($1, $2, $3, $4)",
        SpendingKey.Customer, customer, period, nanos));
}
