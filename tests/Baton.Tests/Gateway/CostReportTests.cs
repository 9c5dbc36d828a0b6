using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;

namespace Baton.Tests.Gateway;

public sealed class CostReportTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_sum_to_the_total_whatever_the_cut()
    {
        var report = new CostReport([Paid("T-1", 0.10m, "small"), Paid("T-1", 0.30m, "large"), Paid("T-2", 0.05m, "small")]);

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
