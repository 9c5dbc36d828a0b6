using Baton.Gateway.Calls;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>
/// The money of one call: each attempt reserves its price before it begins and gives it back at its end.
/// </summary>
internal sealed class Purse(BudgetBook book, CallContext call, BudgetPolicy policy, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(Usd Amount, DateTimeOffset At)> _held = [];

    /// <summary>Takes the amount from every budget of the call, or says which one it does not fit.</summary>
    public BudgetVerdict Reserve(Usd amount)
    {
        var at = clock.GetUtcNow();
        var verdict = book.Reserve(call, policy, amount);
        if (verdict is BudgetVerdict.Granted)
        {
            lock (_gate) _held.Add((amount, at));
        }
        return verdict;
    }

    /// <summary>Gives one reservation back; its receipt has been counted by then.</summary>
    public void Return(Usd amount)
    {
        lock (_gate)
        {
            var index = _held.FindIndex(held => held.Amount == amount);
            if (index < 0) return;
            book.Release(call, policy, amount, _held[index].At);
            _held.RemoveAt(index);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (amount, at) in _held) book.Release(call, policy, amount, at);
            _held.Clear();
        }
    }
}
