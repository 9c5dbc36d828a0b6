using Baton.Gateway.Keys;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>How far a budget of the running period is used up, and when it will be at this rate.</summary>
/// <param name="Subject">Customer or key; empty for the budget of everything.</param>
/// <param name="ExhaustedAt">Null when the period ends first.</param>
public sealed record BudgetBurn(
    BudgetScope Scope, string Subject, BudgetPeriod Period, Usd Limit, Usd Spent, OnExceed Then, DateTimeOffset Begin,
    DateTimeOffset End, DateTimeOffset? ExhaustedAt)
{
    /// <summary>Part of the limit that is spent; above 1 it was exceeded.</summary>
    public double Share => Limit > Usd.Zero ? (double)(Spent.Amount / Limit.Amount) : 1;

    /// <summary>
    /// The budget of everything, and of each scope the subjects that have used most of theirs. Keys with a budget of
    /// their own are all listed.
    /// </summary>
    /// <param name="most">Subjects per limit.</param>
    internal static IReadOnlyList<BudgetBurn> Read(
        ReadConnection connection, BudgetPolicy policy, IReadOnlyList<VirtualKey> keys, DateTimeOffset now, int most)
    {
        var burns = new List<BudgetBurn>();
        foreach (var limit in policy.Limits)
        {
            var own = keys.Where(k => k.Budget is not null).Select(k => k.Id).ToHashSet();
            burns.AddRange(Subjects(connection, limit, now, most + own.Count)
                .Where(s => limit.Scope != BudgetScope.Key || !own.Contains(s.Subject))
                .Take(most)
                .Select(s => Of(limit, s.Subject, s.Spent, now)));
        }
        foreach (var key in keys.Where(k => k is { Budget: not null, DisabledAt: null }))
        {
            var limit = new SpendingLimit(BudgetScope.Key, key.Budget!.Period, key.Budget.Limit, OnExceed.Stop);
            var counter = new SpendingKey(SpendingKey.Key, key.Id, SpendingKey.PeriodOf(limit.Period, now));
            burns.Add(Of(limit, key.Id, Usd.FromNanos(ReceiptStore.Spent(connection, counter)), now));
        }
        return burns;
    }

    private static BudgetBurn Of(SpendingLimit limit, string subject, Usd spent, DateTimeOffset now)
    {
        var (begin, end) = Bounds(limit.Period, now);
        return new BudgetBurn(limit.Scope, subject, limit.Period, limit.Limit, spent, limit.OnExceed, begin, end,
            CostForecast.Exhaustion(spent, limit.Limit, begin, now, end));
    }

    private static IReadOnlyList<(string Subject, Usd Spent)> Subjects(
        ReadConnection connection, SpendingLimit limit, DateTimeOffset now, int most)
    {
        var period = SpendingKey.PeriodOf(limit.Period, now);
        if (limit.Scope == BudgetScope.All)
            return [("", Usd.FromNanos(ReceiptStore.Spent(connection, new SpendingKey(SpendingKey.All, "", period))))];
        var scope = limit.Scope == BudgetScope.Customer ? SpendingKey.Customer : SpendingKey.Key;
        return connection.Query(
            "select subject, cost from spending where scope = $1 and period = $2 order by cost desc, subject limit $3",
            row => (row.Text(0), Usd.FromNanos(row.Int64(1))), scope, period, (long)most);
    }

    private static (DateTimeOffset Begin, DateTimeOffset End) Bounds(BudgetPeriod period, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (period == BudgetPeriod.Day) return (today, today.AddDays(1));
        var first = today.AddDays(1 - today.Day);
        return (first, first.AddMonths(1));
    }
}
