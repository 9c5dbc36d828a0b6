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
    private readonly List<(Usd Amount, DateTimeOffset At, string? Id)> _held = [];

    /// <summary>Takes the amount from every budget of the call, or says which one it does not fit.</summary>
    public async ValueTask<BudgetVerdict> ReserveAsync(Usd amount, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var (verdict, id) = await book.ReserveAsync(call, policy, amount, cancellationToken).ConfigureAwait(false);
        if (verdict is BudgetVerdict.Granted)
        {
            lock (_gate) _held.Add((amount, at, id));
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
            Release(_held[index]);
            _held.RemoveAt(index);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _held.ForEach(Release);
            _held.Clear();
        }
    }

    private void Release((Usd Amount, DateTimeOffset At, string? Id) held)
    {
        if (held.Id is { } id) book.Return(id);
        else if (!book.IsShared) book.Release(call, policy, held.Amount, held.At);
    }
}
