using Baton.Gateway.Keys;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Tests.Gateway.Money;

public sealed class CostReportTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_sum_to_the_total_whatever_the_cut()
    {
        var report = new CostReport(
            [Paid("T-1", 0.10m, "small"), Paid("T-1", 0.30m, "large"), Paid("T-2", 0.05m, "small")]);

        foreach (var cut in CostReport.Cuts.Append("tag:team"))
            Assert.Equal(report.Total, new Usd(report.By(cut).Sum(l => l.Cost.Amount)));
        Assert.Equal(["large", "small"], report.By("model").Select(l => l.Name));
    }

    [Fact]
    public void Percentiles_are_of_tickets_and_not_of_attempts()
    {
        var report = new CostReport([Paid("T-1", 0.10m), Paid("T-1", 0.30m), Paid("T-2", 0.05m)]);

        Assert.Equal(new Usd(0.05m), report.TicketPercentile(0.5));
        Assert.Equal(new Usd(0.40m), report.TicketPercentile(0.99));
    }

    [Fact]
    public void A_budget_that_burns_too_fast_has_a_date_of_exhaustion()
    {
        var day = CostForecast.Exhaustion(new Usd(50), new Usd(100), Begin, Begin.AddDays(10), Begin.AddMonths(1));

        Assert.Equal(Begin.AddDays(20), day);
        Assert.Null(CostForecast.Exhaustion(new Usd(10), new Usd(100), Begin, Begin.AddDays(10), Begin.AddMonths(1)));
    }

    [Fact]
    public void Break_even_is_the_fixed_price_over_the_price_of_a_thousand_tokens() =>
        Assert.Equal(500_000m, CostForecast.BreakEvenTokens(new Usd(1000), new Usd(2)));

    [Fact]
    public void Break_even_says_which_side_is_cheaper_and_nothing_of_no_tokens()
    {
        Assert.Null(BreakEven.Of(0, Usd.Zero, 30, new Usd(1000)));
        // A million tokens in ten days at two dollars a thousand.
        var even = BreakEven.Of(1_000_000, new Usd(2000), 10, new Usd(1000))!;

        Assert.Equal((new Usd(2), 500_000m, true, "provisioned"),
            (even.PerThousandTokens, even.TokensPerMonth, even.IsProvisionedCheaper, even.Cheaper));
        Assert.Equal(6087.5m, even.PayAsYouGo.Amount, 3);
        Assert.False((even with { Monthly = new Usd(7000) }).IsProvisionedCheaper);
    }

    [Fact]
    public async Task A_machine_of_ones_own_is_paid_by_the_time_of_its_calls()
    {
        var prices = new ModelPrices(default, Usd.Zero, Usd.Zero) { Hourly = new Usd(3.6m) };
        Assert.Equal(new Usd(0.001m), Cost.OfTime(1_000, prices));
        Assert.Equal(Usd.Zero, Cost.OfTime(1_000, prices with { Hourly = null }));

        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = fixture.Policy with
        {
            Models = [.. fixture.Policy.Models.Select(m => m.Name == "small" ? m with { Prices = prices } : m)],
        };
        await fixture.Ask("hello");
        await fixture.GatewayParts.Receipts.FlushAsync(TestContext.Current.CancellationToken);
        var receipt = Assert.Single(fixture.Database.Read(c => ReceiptStore.Between(
            c, DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddDays(1))));

        Assert.Equal(Cost.OfTime(receipt.LatencyMs, prices), receipt.Cost);
        Assert.Equal(receipt.Cost, new CostReport([receipt]).HourlyOf("small", prices));
        Reconciliation.Check(fixture.Database, fixture.GatewayParts, [receipt]);
    }

    [Fact]
    public void Intents_come_from_the_caller_or_from_what_the_ticket_turned_out_to_be()
    {
        var tagged = Paid("T-3", 0.01m) with { Tags = new Dictionary<string, string> { ["intent"] = "refund" } };
        var report = new CostReport([Paid("T-1", 0.10m), Paid("T-2", 0.05m), tagged],
            new Dictionary<string, string?> { ["T-1"] = "billing", ["T-2"] = null, ["T-3"] = "other" });

        Assert.Equal(["billing", CostReport.None, "refund"], report.By("intent").Select(l => l.Name));
    }

    [Fact]
    public void Tickets_that_called_no_model_count_as_free()
    {
        var tickets = new Dictionary<string, string?> { ["T-1"] = "billing", ["T-2"] = "order_status", ["T-3"] = null };
        var report = new CostReport([Paid("T-1", 0.10m)], tickets);

        Assert.Equal([Usd.Zero, Usd.Zero, new Usd(0.10m)], report.PerTicket);
        Assert.Equal(Usd.Zero, report.TicketPercentile(0.5));
    }

    [Fact]
    public async Task Budgets_show_what_is_spent_and_when_they_will_be_used_up()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var clock = new Baton.Testing.ManualClock(Begin.AddDays(10));
        fixture.Clock = clock;
        fixture.GatewayParts.Receipts.Add(
            Paid("T-1", 50m) with { At = clock.GetUtcNow(), Customer = "C-1", Key = "K-1" });
        await fixture.GatewayParts.Receipts.FlushAsync(TestContext.Current.CancellationToken);
        var policy = new BudgetPolicy
        {
            Limits =
            [
                new SpendingLimit(BudgetScope.All, BudgetPeriod.Month, new Usd(100), OnExceed.Stop),
                new SpendingLimit(BudgetScope.Customer, BudgetPeriod.Day, new Usd(40), OnExceed.Stop),
                new SpendingLimit(BudgetScope.Key, BudgetPeriod.Day, new Usd(1), OnExceed.Stop),
            ],
        };
        var key = new VirtualKey { Id = "K-1", Name = "web",
            Budget = new KeyBudget(new Usd(1000), BudgetPeriod.Month) };

        var burns = fixture.Database.Read(c => BudgetBurn.Read(c, policy, [key], clock.GetUtcNow(), 5));

        Assert.Equal([("", Begin.AddDays(20)), ("C-1", Begin.AddDays(10)), ("K-1", null)],
            burns.Select(b => (b.Subject, b.ExhaustedAt)));
        Assert.Equal([0.5, 1.25, 0.05], burns.Select(b => b.Share));
    }

    private static Receipt Paid(string ticket, decimal cost, string model = "small") => new()
    {
        Id = $"rc-{ticket}-{cost}",
        CallId = $"call-{ticket}-{cost}",
        Attempt = 1,
        At = Begin,
        Stage = "triage",
        Model = model,
        Provider = "one",
        Status = ReceiptStatus.Answered,
        Tokens = new Tokens(100, 0, 0, 10),
        Cost = new Usd(cost),
        PricesDated = new DateOnly(2026, 11, 1),
        Ticket = ticket,
    };
}
