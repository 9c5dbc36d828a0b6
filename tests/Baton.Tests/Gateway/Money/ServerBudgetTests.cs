using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing;

namespace Baton.Tests.Gateway.Money;

/// <summary>Budgets of several processes on one server.</summary>
public sealed class ServerBudgetTests
{
    private static readonly Usd Limit = new(1m), Price = new(0.1m), Cost = new(0.07m);

    private static readonly BudgetPolicy Policy = new()
    {
        Limits = [new SpendingLimit(BudgetScope.All, BudgetPeriod.Day, Limit, OnExceed.Stop)],
    };

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_do_not_reserve_the_same_dollar()
    {
        var url = PostgresCluster.NewDatabase();
        await using var one = PostgresCluster.Open(url, TimeProvider.System);
        await using var two = PostgresCluster.Open(url, TimeProvider.System);
        BudgetBook[] books = [new(one, TimeProvider.System), new(two, TimeProvider.System)];

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 30).Select(
            i => books[i % 2].ReserveAsync(Call(i), Policy, Price, Token).AsTask()));

        Assert.Equal(10, verdicts.Count(v => v.Verdict is BudgetVerdict.Granted));
        Assert.All(verdicts, v => Assert.Equal(v.Verdict is BudgetVerdict.Granted, v.Id is not null));
    }

    [Fact]
    public async Task A_reservation_goes_with_the_receipt_that_it_was_for()
    {
        var url = PostgresCluster.NewDatabase();
        await using var one = PostgresCluster.Open(url, TimeProvider.System);
        await using var two = PostgresCluster.Open(url, TimeProvider.System);
        var book = new BudgetBook(one, TimeProvider.System);
        var others = new BudgetBook(two, TimeProvider.System);
        var receipts = new ReceiptBook(one, book, TimeProvider.System, TimeSpan.FromMilliseconds(1));
        var paid = Usd.Zero;

        for (var i = 0; i < 10; i++)
        {
            var (verdict, id) = await book.ReserveAsync(Call(i), Policy, Price, Token);
            Assert.IsType<BudgetVerdict.Granted>(verdict);
            receipts.Add(Paid(i));
            book.Return(id!);
            await receipts.FlushAsync(Token);
            paid += Cost;
        }
        await Until.TrueAsync(() => one.Read(c => c.Number("select count(*) from reservations")) == 0);

        // 1.00 less ten times 0.07: three more at 0.10 fit.
        var left = new List<BudgetVerdict>();
        for (var i = 0; i < 5; i++) left.Add((await others.ReserveAsync(Call(i), Policy, Price, Token)).Verdict);
        Assert.Equal(3, left.OfType<BudgetVerdict.Granted>().Count());
        var all = SpendingKey.Of(null, null, null, TimeProvider.System.GetUtcNow())[0];
        Assert.Equal(paid, others.Spent(all));
    }

    private static CallContext Call(int i) => new() { Stage = "triage", Ticket = $"T-{i}" };

    private static Receipt Paid(int i) => new()
    {
        Id = $"rc_{i}", CallId = $"call_{i}", Attempt = 1, At = TimeProvider.System.GetUtcNow(), Stage = "triage",
        Model = "small", Provider = "one", Status = ReceiptStatus.Answered, Cost = Cost,
        PricesDated = new DateOnly(2026, 11, 1), Ticket = $"T-{i}",
    };
}
