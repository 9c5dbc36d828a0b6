using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Polly.CircuitBreaker;

namespace Baton.Gateway.Routing;

/// <summary>
/// Tries candidates in order until one begins to answer. Transient failures are tried again after the provider's own
/// hint, other failures of a model mean the next one, a wrong request ends the call. Cancellation is no failure.
/// </summary>
internal sealed class Failover(Breakers breakers, ProviderPlaces places, GatewayOptions options, TimeProvider clock)
{
    /// <summary>Runs <paramref name="work"/> until an attempt succeeds; that attempt is not disposed.</summary>
    /// <exception cref="GatewayException">Every candidate failed, or a budget is used up.</exception>
    public async Task<T> RunAsync<T>(
        CallState call, IReadOnlyList<Candidate> candidates, Func<Attempt, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        var waiting = new Queue<Candidate>(candidates);
        GatewayException? last = null;
        while (waiting.TryDequeue(out var candidate))
        {
            for (var attempt = 1; ; attempt++)
            {
                var outcome = await TryAsync(call, candidate, waiting, work, cancellationToken).ConfigureAwait(false);
                if (outcome.Failure is not { } failure) return outcome.Result!;
                // An earlier failure of a model explains more than a breaker that it opened.
                if (last is null || failure is not { InnerException: BrokenCircuitException }) last = failure;
                if (!failure.IsWorthAnotherModel) throw failure;
                if (!await WaitAsync(call, candidate, failure, attempt, cancellationToken).ConfigureAwait(false)) break;
            }
        }
        throw last ?? NoModel(call);
    }

    /// <summary>A failure that came after the answer had begun.</summary>
    public ValueTask ReportAsync(Candidate candidate, Exception failure) =>
        breakers.Of(candidate.Model).ReportAsync(failure);

    private async ValueTask<(T? Result, GatewayException? Failure)> TryAsync<T>(
        CallState call, Candidate candidate, Queue<Candidate> waiting, Func<Attempt, ValueTask<T>> work,
        CancellationToken cancellationToken)
    {
        if (Denied(call, candidate, waiting) is { } denied) return (default, denied);
        Attempt? attempt = null;
        try
        {
            var result = await breakers.Of(candidate.Model).RunAsync(
                async token =>
                {
                    attempt = await Begin(call, candidate, waiting.Count == 0, token).ConfigureAwait(false);
                    return await Timed(attempt, work, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return (result, null);
        }
        catch (Exception error)
        {
            if (attempt is null) call.Purse!.Return(candidate.Estimate);
            else attempt.Dispose();
            if (error is not (GatewayException or BrokenCircuitException or OperationCanceledException)) throw;
            return error switch
            {
                GatewayException failure => (default, failure),
                BrokenCircuitException => (default, new GatewayException(
                    GatewayFailure.ProviderFailed, $"the breaker of '{candidate.Model.Name}' is open", error)),
                _ => throw new OperationCanceledException(cancellationToken),
            };
        }
    }

    /// <summary>Reserves the price of an attempt. A budget that asks to downgrade brings in cheaper ones.</summary>
    private static GatewayException? Denied(CallState call, Candidate candidate, Queue<Candidate> waiting)
    {
        if (call.Purse!.Reserve(candidate.Estimate) is not BudgetVerdict.Exceeded exceeded) return null;
        if (exceeded.Then == OnExceed.Downgrade)
        {
            foreach (var cheaper in Cheaper(call, candidate, waiting)) waiting.Enqueue(cheaper);
            if (waiting.Count > 0) return Exceeded(exceeded, GatewayFailure.Misconfigured);
        }
        return Exceeded(exceeded, GatewayFailure.BudgetExceeded);
    }

    private static List<Candidate> Cheaper(CallState call, Candidate candidate, Queue<Candidate> waiting)
    {
        if (call.Downgraded is not { } route) return [];
        call.Downgraded = null;
        return [.. route().Candidates
            .Where(c => c.Estimate < candidate.Estimate && !waiting.Any(w => w.Model.Name == c.Model.Name))
            .OrderByDescending(c => c.Estimate)];
    }

    private static GatewayException Exceeded(BudgetVerdict.Exceeded exceeded, GatewayFailure failure) =>
        new(failure, $"the call does not fit {exceeded.What}")
        {
            RetryAfter = exceeded.Then == OnExceed.Queue ? exceeded.Again : null,
            // Of all budgets only a ticket's has no next period.
            IsTicketBudget = exceeded.Again is null,
        };

    private async ValueTask<Attempt> Begin(CallState call, Candidate candidate, bool isLast, CancellationToken token)
    {
        var left = call.Deadline - clock.GetUtcNow();
        if (left <= TimeSpan.Zero) throw OutOfTime(call);
        // A model that hangs must leave time for the next one.
        var limit = isLast ? left : left / 2;
        var place = await places.EnterAsync(candidate.Provider, token).ConfigureAwait(false);
        return new Attempt(call, candidate, new Attempt.Clocked(clock, limit), place, token);
    }

    private static async ValueTask<T> Timed<T>(
        Attempt attempt, Func<Attempt, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(attempt).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (attempt.TimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException(
                GatewayFailure.TimedOut, $"model '{attempt.Candidate.Model.Name}' did not answer in time");
        }
    }

    /// <summary>Waits before the same model is asked again; false means the next candidate.</summary>
    private async ValueTask<bool> WaitAsync(
        CallState call, Candidate candidate, GatewayException failure, int attempt, CancellationToken cancellationToken)
    {
        var again = failure.Failure is GatewayFailure.RateLimited or GatewayFailure.ProviderFailed
            && attempt < candidate.Provider.MaxAttempts
            && failure.InnerException is not BrokenCircuitException
            && !breakers.Of(candidate.Model).IsBlocked;
        if (!again) return false;
        var wait = failure.RetryAfter ?? options.RetryDelay * Math.Pow(2, attempt - 1);
        if (wait > candidate.Provider.MaxRetryDelay || clock.GetUtcNow() + wait >= call.Deadline) return false;
        await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static GatewayException OutOfTime(CallState call) =>
        new(GatewayFailure.TimedOut, $"the {call.Stage.Timeout.TotalSeconds:0.###} s of stage '{call.Stage.Name}' are over");

    private static GatewayException NoModel(CallState call)
    {
        var reasons = string.Join("; ", call.Route!.Considered.Select(c => $"{c.Model}: {c.LeftOut ?? "failed"}"));
        return new GatewayException(
            GatewayFailure.NoModel, $"no model qualifies for stage '{call.Stage.Name}' ({reasons})");
    }
}
