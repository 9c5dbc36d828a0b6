using System.Diagnostics;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks.Models;
using Polly.CircuitBreaker;

namespace Baton.Gateway.Routing;

/// <summary>
/// Tries candidates in order until one begins to answer. Transient failures are tried again after the provider's own
/// hint, other failures of a model mean the next one, a wrong request ends the call. Cancellation is no failure.
/// </summary>
internal sealed class Failover(Breakers breakers, ProviderPlaces places, GatewayOptions options, TimeProvider clock)
{
    /// <summary>
    /// Runs <paramref name="work"/> until an attempt succeeds; that attempt is not disposed. A stage that hedges asks
    /// the second candidate too when the first has not begun to answer after a while; the first answer wins, and the
    /// receipt of the other attempt says that it was cancelled.
    /// </summary>
    /// <param name="discard">Disposes a result that came too late.</param>
    /// <exception cref="GatewayException">Every candidate failed, or a budget is used up.</exception>
    public Task<T> RunAsync<T>(
        CallState call, Func<Attempt, ValueTask<T>> work, Func<T, ValueTask> discard,
        CancellationToken cancellationToken)
    {
        var candidates = call.Route!.Candidates;
        return call.Stage.HedgeAfter is { } after && candidates.Count > 1
            ? RaceAsync(call, after, work, discard, cancellationToken)
            : InOrderAsync(call, candidates, work, cancellationToken);
    }

    /// <summary>A failure that came after the answer had begun.</summary>
    public ValueTask ReportAsync(Attempt attempt, Exception failure) =>
        breakers.Of(attempt.Candidate.Model).ReportAsync(attempt.Call.Fingerprint, failure);

    private async Task<T> RaceAsync<T>(
        CallState call, TimeSpan after, Func<Attempt, ValueTask<T>> work, Func<T, ValueTask> discard,
        CancellationToken cancellationToken)
    {
        var candidates = call.Route!.Candidates;
        using var firstCancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var secondCancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = InOrderAsync(call, candidates, work, firstCancel.Token);
        var pause = Task.Delay(after, clock, secondCancel.Token);
        if (await Task.WhenAny(first, pause).ConfigureAwait(false) == first)
        {
            await secondCancel.CancelAsync().ConfigureAwait(false);
            return await first.ConfigureAwait(false);
        }
        var second = InOrderAsync(call, [.. candidates.Skip(1)], work, secondCancel.Token);
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

    private async Task<T> InOrderAsync<T>(
        CallState call, IReadOnlyList<ModelCandidate> candidates, Func<Attempt, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        var waiting = new Queue<ModelCandidate>(candidates);
        GatewayException? last = null;
        while (waiting.TryDequeue(out var candidate))
        {
            var trial = new Trial(candidate, Number: 1);
            while (trial.Number > 0)
            {
                switch (await TryAsync(call, trial, waiting, work, cancellationToken).ConfigureAwait(false))
                {
                    case Step<T>.Answered answered:
                        return answered.Result;
                    case Step<T>.GiveUp end:
                        throw end.Failure;
                    case Step<T>.SameAgain again:
                        last = again.Failure;
                        await Task.Delay(again.Wait, clock, cancellationToken).ConfigureAwait(false);
                        trial = trial with { Number = trial.Number + 1 };
                        break;
                    case Step<T>.Next next:
                        // An earlier failure of a model explains more than a breaker that it opened.
                        if (last is null || next.Failure.Failure != GatewayFailure.Unavailable) last = next.Failure;
                        trial = default;
                        break;
                    default:
                        throw new UnreachableException();
                }
            }
        }
        throw last ?? NoModel(call);
    }

    private async ValueTask<Step<T>> TryAsync<T>(
        CallState call, Trial trial, Queue<ModelCandidate> waiting, Func<Attempt, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        var candidate = trial.Candidate;
        var verdict = await call.Purse!.ReserveAsync(candidate.Estimate, cancellationToken).ConfigureAwait(false);
        if (verdict is BudgetVerdict.Exceeded exceeded)
            return TooExpensive<T>(call, candidate, waiting, exceeded);
        Attempt? attempt = null;
        try
        {
            attempt = await Begin(call, candidate, waiting.Count == 0, cancellationToken).ConfigureAwait(false);
            return new Step<T>.Answered(await breakers.Of(candidate.Model)
                .RunAsync(call.Fingerprint, () => Timed(attempt, work, cancellationToken), cancellationToken)
                .ConfigureAwait(false));
        }
        catch (GatewayException failure)
        {
            return After<T>(call, trial, failure);
        }
        catch (BrokenCircuitException)
        {
            return new Step<T>.Next(breakers.Unavailable([candidate.Model]));
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            // The attempt ends itself when it answered: for a stream that is after its last token.
            if (attempt is null) call.Purse!.Return(candidate.Estimate);
            else if (!attempt.Begun) attempt.Dispose();
        }
    }

    /// <summary>A budget that asks to downgrade brings in cheaper models.</summary>
    private static Step<T> TooExpensive<T>(
        CallState call, ModelCandidate candidate, Queue<ModelCandidate> waiting, BudgetVerdict.Exceeded exceeded)
    {
        var failure = new GatewayException(GatewayFailure.BudgetExceeded, $"the call does not fit {exceeded.What}")
        {
            RetryAfter = exceeded.Then == OnExceed.Queue ? exceeded.Again : null,
            // Of all budgets only a ticket's has no next period.
            IsTicketBudget = exceeded.Again is null,
        };
        if (exceeded.Then != OnExceed.Downgrade) return new Step<T>.GiveUp(failure);
        foreach (var cheaper in Cheaper(call, candidate, waiting)) waiting.Enqueue(cheaper);
        return waiting.Count > 0 ? new Step<T>.Next(failure) : new Step<T>.GiveUp(failure);
    }

    private static List<ModelCandidate> Cheaper(CallState call, ModelCandidate candidate, Queue<ModelCandidate> waiting)
    {
        if (call.Downgraded is not { } route) return [];
        call.Downgraded = null;
        return [.. route().Candidates
            .Where(c => c.Estimate < candidate.Estimate && !waiting.Any(w => w.Model.Name == c.Model.Name))
            .OrderByDescending(c => c.Estimate)];
    }

    private async ValueTask<Attempt> Begin(
        CallState call, ModelCandidate candidate, bool isLast, CancellationToken token)
    {
        // Both kinds of waiting count: for a place at the provider, and for its answer. A model that hangs must leave
        // time for the next one.
        var left = call.Deadline - clock.GetUtcNow();
        var limit = isLast ? left : left / 2;
        if (limit <= TimeSpan.Zero) throw OutOfTime(call);
        var began = clock.GetTimestamp();
        var place = await places.EnterAsync(candidate.Provider, new TimeLimit(clock, limit), token)
            .ConfigureAwait(false);
        return new Attempt(call, candidate, new TimeLimit(clock, limit - clock.GetElapsedTime(began)), place, token);
    }

    private static async ValueTask<T> Timed<T>(
        Attempt attempt, Func<Attempt, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var result = await work(attempt).ConfigureAwait(false);
            attempt.Begun = true;
            return result;
        }
        catch (OperationCanceledException) when (attempt.TimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException(
                GatewayFailure.TimedOut, $"model '{attempt.Candidate.Model.Name}' did not answer in time");
        }
    }

    /// <summary>What comes after a failure of a model.</summary>
    private Step<T> After<T>(CallState call, Trial trial, GatewayException failure)
    {
        var (candidate, number) = trial;
        if (!failure.IsWorthAnotherModel) return new Step<T>.GiveUp(failure);
        var again = failure.Failure is GatewayFailure.RateLimited or GatewayFailure.ProviderFailed
            && number < candidate.Provider.MaxAttempts
            && !breakers.IsOut(candidate.Model);
        if (!again) return new Step<T>.Next(failure);
        var wait = failure.RetryAfter ?? options.RetryDelay * Math.Pow(2, number - 1);
        var fits = wait <= candidate.Provider.MaxRetryDelay && clock.GetUtcNow() + wait < call.Deadline;
        return fits ? new Step<T>.SameAgain(failure, wait) : new Step<T>.Next(failure);
    }

    private static GatewayException OutOfTime(CallState call) =>
        new(GatewayFailure.TimedOut,
            $"the {call.Stage.Timeout.TotalSeconds:0.###} s of stage '{call.Stage.Name}' are over");

    /// <summary>Nobody was asked. Where a breaker is the only reason, the caller may come back.</summary>
    private GatewayException NoModel(CallState call)
    {
        var considered = call.Route!.Considered;
        var blocked = considered.Where(c => c.LeftOut == RoutePlan.BreakerOpen).Select(c => call.Policy.Model(c.Model)!)
            .ToList();
        if (blocked.Count > 0) return breakers.Unavailable(blocked);
        if (considered.Any(c => c.LeftOut?.StartsWith(RoutePlan.NotForRegulated, StringComparison.Ordinal) == true)
            && considered.All(c => c.LeftOut is not null))
        {
            var why = string.Join("; ", considered.Select(c => $"{c.Model}: {c.LeftOut}"));
            return new GatewayException(GatewayFailure.NoModel,
                $"the conversation is regulated, and no model may see it ({why}). "
                + "Declare 'data_agreement' and 'residency' of a provider in models.yaml, or leave it to a person.");
        }
        var reasons = string.Join("; ", considered.Select(c => $"{c.Model}: {c.LeftOut ?? "failed"}"));
        return new GatewayException(
            GatewayFailure.NoModel, $"no model qualifies for stage '{call.Stage.Name}' ({reasons})");
    }

    /// <summary>The number of a try at one candidate, from 1.</summary>
    private readonly record struct Trial(ModelCandidate Candidate, int Number);
}
