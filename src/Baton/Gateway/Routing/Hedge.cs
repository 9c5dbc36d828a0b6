using Baton.Gateway.Calls;

namespace Baton.Gateway.Routing;

/// <summary>
/// For stages with a deadline: when the first candidate has not begun to answer after a while, the second is asked too.
/// The first answer wins, the other attempt is cancelled and its receipt says so. Off unless the stage asks for it.
/// </summary>
internal sealed class Hedge(Failover failover, TimeProvider clock)
{
    /// <param name="discard">Disposes a result that came too late.</param>
    public Task<T> RunAsync<T>(
        CallState call, Func<Attempt, ValueTask<T>> work, Func<T, ValueTask> discard,
        CancellationToken cancellationToken)
    {
        var candidates = call.Route!.Candidates;
        return call.Stage.HedgeAfter is { } after && candidates.Count > 1
            ? RaceAsync(call, after, work, discard, cancellationToken)
            : failover.RunAsync(call, candidates, work, cancellationToken);
    }

    private async Task<T> RaceAsync<T>(
        CallState call, TimeSpan after, Func<Attempt, ValueTask<T>> work, Func<T, ValueTask> discard,
        CancellationToken cancellationToken)
    {
        var candidates = call.Route!.Candidates;
        var firstCancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var secondCancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = failover.RunAsync(call, candidates, work, firstCancel.Token);
        var pause = Task.Delay(after, clock, secondCancel.Token);
        if (await Task.WhenAny(first, pause).ConfigureAwait(false) == first)
        {
            await secondCancel.CancelAsync().ConfigureAwait(false);
            return await first.ConfigureAwait(false);
        }
        var second = failover.RunAsync(call, [.. candidates.Skip(1)], work, secondCancel.Token);
        var winner = await Task.WhenAny(first, second).ConfigureAwait(false);
        if (!winner.IsCompletedSuccessfully) winner = winner == first ? second : first;
        var (loser, cancel) = winner == first ? (second, secondCancel) : (first, firstCancel);
        await cancel.CancelAsync().ConfigureAwait(false);
        await Discard(loser, discard).ConfigureAwait(false);
        return await winner.ConfigureAwait(false);
    }

    private static async Task Discard<T>(Task<T> loser, Func<T, ValueTask> discard)
    {
        try
        {
            await discard(await loser.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or GatewayException)
        {
            // It lost; its receipt tells how it ended.
        }
    }
}
