using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Tests.Gateway.Money;

/// <summary>Shadows and production have budgets apart, and neither uses up the other's.</summary>
public sealed class ShadowAccountTests
{
    private static readonly CallContext Shadow = new()
    {
        Stage = "triage", Ticket = ShadowAccount.TicketOf("T-1"), ShadowBudget = new Usd(1m),
    };

    private static readonly BudgetPolicy Policy = new()
    {
        Limits = [new SpendingLimit(BudgetScope.All, BudgetPeriod.Day, new Usd(1m), OnExceed.Stop)],
    };

    [Fact]
    public async Task Neither_spends_what_the_other_may()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var (book, production, most) = (fixture.GatewayParts.Budgets, GatewayFixture.Triage, new Usd(1m));

        Assert.IsType<BudgetVerdict.Granted>(book.Reserve(Shadow, Policy, most));
        Assert.IsType<BudgetVerdict.Granted>(book.Reserve(production, Policy, most));
        var full = Assert.IsType<BudgetVerdict.Exceeded>(book.Reserve(Shadow, Policy, new Usd(0.01m)));
        Assert.IsType<BudgetVerdict.Exceeded>(book.Reserve(production, Policy, new Usd(0.01m)));
        book.Release(Shadow, Policy, most, TimeProvider.System.GetUtcNow());
        Assert.IsType<BudgetVerdict.Granted>(book.Reserve(Shadow, Policy, most));

        Assert.Contains("for shadow", full.What, StringComparison.Ordinal);
        Assert.Equal(OnExceed.Stop, full.Then);
    }

    [Fact]
    public async Task Whatever_comes_of_a_run_what_it_paid_counts_for_shadows_alone()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var at = TimeProvider.System.GetUtcNow();

        var answer = await fixture.Ask("hello", Shadow);

        var day = SpendingKey.Of(null, null, null, at)[0];
        var paid = await fixture.Reconcile();
        Assert.True(paid > Usd.Zero && answer.Text.Length > 0);
        Assert.Equal((paid, Usd.Zero), (fixture.GatewayParts.Budgets.Spent(ShadowAccount.Day(at)),
            fixture.GatewayParts.Budgets.Spent(day)));
        // A caller from outside who names a ticket so stays within the budgets.
        Assert.False(ShadowAccount.Pays(Shadow.Ticket, "key_1"));
    }
}
