using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Gateway.Calls;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>Whether an amount may be spent.</summary>
internal abstract record BudgetVerdict
{
    private BudgetVerdict() { }

    /// <summary>It is reserved.</summary>
    public sealed record Granted : BudgetVerdict;

    /// <summary>It would exceed a limit; nothing was reserved.</summary>
    /// <param name="What">The budget, for people.</param>
    /// <param name="Then">What the policy says.</param>
    /// <param name="Again">When the budget begins anew; null for a budget without a period.</param>
    public sealed record Exceeded(string What, OnExceed Then, TimeSpan? Again) : BudgetVerdict;
}

/// <summary>
/// Every counter of money, in memory, loaded from the database when first needed. Reserving checks all limits of a call
/// at once under one lock, so concurrent calls cannot spend the same dollar. Where several processes share a server,
/// the database is what all of them look at: see <see cref="Reservations"/>.
/// </summary>
internal sealed class BudgetBook(Database database, TimeProvider clock)
{
    /// <summary>Counters kept in memory; above it those at rest are dropped and loaded again when needed.</summary>
    private const int MaxCounters = 100_000;

    private const int IdBytes = 12;

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<string> _returned = new();
    private readonly Dictionary<SpendingKey, Counter> _counters = [];

    /// <summary>Reserves an amount for a call, or says which budget it does not fit.</summary>
    public BudgetVerdict Reserve(CallContext call, BudgetPolicy policy, Usd amount)
    {
        var limits = Limits(call, policy, clock.GetUtcNow());
        lock (_gate)
        {
            foreach (var limit in limits)
            {
                var counter = At(limit.Key);
                if (counter.Spent + counter.Reserved + amount.Nanos > limit.Nanos)
                    return new BudgetVerdict.Exceeded(limit.What, limit.Then, limit.Again);
            }
            foreach (var limit in limits) At(limit.Key).Reserved += amount.Nanos;
        }
        return new BudgetVerdict.Granted();
    }

    /// <summary>Whether reservations are in the database.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Raised when a reservation in the database may go with the next receipts.</summary>
    public event Action? Returned;

    /// <inheritdoc cref="Reserve"/>
    /// <returns>The verdict; and the reservation, where it is one of the database.</returns>
    /// <exception cref="StorageException">The database cannot tell.</exception>
    public async ValueTask<(BudgetVerdict Verdict, string? Id)> ReserveAsync(
        CallContext call, BudgetPolicy policy, Usd amount, CancellationToken cancellationToken)
    {
        if (!IsShared) return (Reserve(call, policy, amount), null);
        var now = clock.GetUtcNow();
        var limits = Limits(call, policy, now);
        if (limits.Count == 0) return (new BudgetVerdict.Granted(), null);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var full = await database.WriteAsync(
            transaction => Reservations.Take(
                transaction, id, limits.ConvertAll(l => (l.Key, l.Nanos)), amount.Nanos, now),
            cancellationToken).ConfigureAwait(false);
        return full < 0 ? (new BudgetVerdict.Granted(), id)
            : (new BudgetVerdict.Exceeded(limits[full].What, limits[full].Then, limits[full].Again), null);
    }

    /// <summary>Gives a reservation of the database back: after what was spent of it is there.</summary>
    public void Return(string id)
    {
        _returned.Enqueue(id);
        Returned?.Invoke();
    }

    /// <summary>Reservations that may go with what has been counted up to now.</summary>
    public List<string> TakeReturned()
    {
        List<string> ids = [];
        while (_returned.TryDequeue(out var id)) ids.Add(id);
        return ids;
    }

    /// <summary>Gives back what <see cref="Reserve"/> took at <paramref name="at"/>.</summary>
    public void Release(CallContext call, BudgetPolicy policy, Usd amount, DateTimeOffset at)
    {
        lock (_gate)
        {
            foreach (var limit in Limits(call, policy, at)) At(limit.Key).Reserved -= amount.Nanos;
        }
    }

    /// <summary>Counts a receipt that is on its way to the database.</summary>
    public void Spend(Receipt receipt)
    {
        // There the database counts, together with the receipt.
        if (IsShared) return;
        lock (_gate)
        {
            // All are read before any is changed: a failure in between would leave them apart.
            Counter[] counters =
                [.. SpendingKey.Of(receipt.Ticket, receipt.Customer, receipt.Key, receipt.At).Select(At)];
            foreach (var counter in counters)
            {
                counter.Spent += receipt.Cost.Nanos;
                counter.Unwritten++;
            }
            if (_counters.Count > MaxCounters) DropResting();
        }
    }

    /// <summary>The receipt has reached the database.</summary>
    public void Written(Receipt receipt)
    {
        lock (_gate)
        {
            foreach (var key in SpendingKey.Of(receipt.Ticket, receipt.Customer, receipt.Key, receipt.At))
            {
                // A counter that could not be read when the receipt was counted is read with it later.
                if (_counters.TryGetValue(key, out var counter) && counter.Unwritten > 0) counter.Unwritten--;
            }
        }
    }

    /// <summary>What a counter holds now, without reservations.</summary>
    public Usd Spent(SpendingKey key)
    {
        if (IsShared) return Usd.FromNanos(database.Read(c => ReceiptStore.Spent(c, key)));
        lock (_gate) return Usd.FromNanos(At(key).Spent);
    }

    /// <summary>What is reserved on a counter now.</summary>
    public Usd Reserved(SpendingKey key)
    {
        lock (_gate) return Usd.FromNanos(At(key).Reserved);
    }

    private static List<Limit> Limits(CallContext call, BudgetPolicy policy, DateTimeOffset now)
    {
        var limits = new List<Limit>();
        if (policy.Ticket is { } budget && call.Ticket is { } ticket)
        {
            limits.Add(new Limit(new SpendingKey(SpendingKey.Ticket, ticket, ""), budget.Limit.Nanos,
                $"the ticket's budget of {budget.Limit} USD", OnExceed.Stop, null));
        }
        if (call.ShadowBudget is { } apart)
        {
            limits.Add(Of(SpendingKey.Shadow, "", BudgetPeriod.Day, apart, OnExceed.Stop, now));
            return limits;
        }
        if (call is { Key: { } keyId, KeyBudget: { } own })
            limits.Add(Of(SpendingKey.Key, keyId, own.Period, own.Limit, OnExceed.Stop, now));
        foreach (var limit in policy.Limits)
        {
            var (scope, subject) = limit.Scope switch
            {
                BudgetScope.Customer => (SpendingKey.Customer, call.Customer),
                BudgetScope.Key => (SpendingKey.Key, call.KeyBudget is null ? call.Key : null),
                _ => (SpendingKey.All, ""),
            };
            if (subject is not null) limits.Add(Of(scope, subject, limit.Period, limit.Limit, limit.OnExceed, now));
        }
        return limits;
    }

    private static Limit Of(
        string scope, string subject, BudgetPeriod period, Usd limit, OnExceed then, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var next = period == BudgetPeriod.Day ? today.AddDays(1) : today.AddDays(1 - today.Day).AddMonths(1);
        var what = $"the budget of {limit} USD per {EnumWords.Of(period)} for {scope}";
        return new Limit(new SpendingKey(scope, subject, SpendingKey.PeriodOf(period, now)), limit.Nanos, what, then,
            next - now);
    }

    private Counter At(SpendingKey key)
    {
        if (_counters.TryGetValue(key, out var counter)) return counter;
        counter = new Counter { Spent = database.Read(connection => ReceiptStore.Spent(connection, key)) };
        _counters[key] = counter;
        return counter;
    }

    private void DropResting()
    {
        foreach (var (key, counter) in _counters)
        {
            if (counter is { Reserved: 0, Unwritten: 0 }) _counters.Remove(key);
        }
    }

    private sealed class Counter
    {
        public long Spent { get; set; }

        public long Reserved { get; set; }

        /// <summary>Receipts in <see cref="Spent"/> that the database does not have yet.</summary>
        public int Unwritten { get; set; }
    }

    private readonly record struct Limit(SpendingKey Key, long Nanos, string What, OnExceed Then, TimeSpan? Again);
}
