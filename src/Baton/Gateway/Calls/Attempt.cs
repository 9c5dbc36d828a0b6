using Baton.Gateway.Money;
using Baton.Gateway.Routing;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>
/// One attempt at one model: its time, its place at the provider and its reserved money. Disposed when the attempt has
/// ended, for a stream after the last token.
/// </summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private readonly IDisposable _place;
    private int _reservations = 1;

    public Attempt(
        CallState call, ModelCandidate candidate, TimeLimit time, IDisposable place,
        CancellationToken cancellationToken)
    {
        (Call, Candidate, _place) = (call, candidate, place);
        _timer = time.Start();
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
    }

    public CallState Call { get; }

    public ModelCandidate Candidate { get; }

    /// <summary>Cancelled with the call, or when the attempt's time is over.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>
    /// Whether the attempt's own time ran out, which is a failure of the model and not a cancellation.
    /// </summary>
    public bool TimedOut => _timer.IsCancellationRequested;

    /// <summary>Whether an answer has begun; then the attempt ends with the answer.</summary>
    public bool Begun { get; set; }

    /// <summary>Whether the provider's batch lane and its prices are used.</summary>
    public bool Batch => Call.Context.Batch && Call.Stage.Batch && Candidate.Provider.BatchServiceTier is not null;

    /// <summary>Sets the time limit anew, as each piece of a stream arrives.</summary>
    public void Wait(TimeSpan atMost) => _timer.CancelAfter(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero);

    /// <summary>Reserves once more at the same price, for a second question to the same model.</summary>
    public async ValueTask<bool> ReserveAgainAsync(CancellationToken cancellationToken)
    {
        var verdict = await Call.Purse!.ReserveAsync(Candidate.Estimate, cancellationToken).ConfigureAwait(false);
        if (verdict is not BudgetVerdict.Granted) return false;
        _reservations++;
        return true;
    }

    public ChatOptions On(ChatOptions? options) => (Carried.Of(options) with { Attempt = this }).On(options);

    public static Attempt Of(ChatOptions? options) => Carried.Of(options).Attempt
        ?? throw new InvalidOperationException("a provider was called without an attempt");

    public void Dispose()
    {
        for (; _reservations > 0; _reservations--) Call.Purse!.Return(Candidate.Estimate);
        _place.Dispose();
        _linked.Dispose();
        _timer.Dispose();
    }
}
