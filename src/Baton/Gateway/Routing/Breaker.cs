using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;

namespace Baton.Gateway.Routing;

/// <summary>
/// Leaves a failing model alone for a while. Polly decides when. A request that fails again and again counts once: one
/// caller's bad prompt must not close the model for everybody.
/// </summary>
internal sealed class Breaker
{
    /// <summary>Failed requests that are remembered; above it those that are too old are forgotten.</summary>
    private const int MaxFailed = 1000;

    private readonly TimeProvider _clock;
    private readonly TimeSpan _remember;
    private readonly ResiliencePipeline _pipeline;
    private readonly ConcurrentDictionary<int, DateTimeOffset> _failed = new();
    private long _blockedUntil;
    private volatile BreakerState _state;

    public Breaker(BreakerOptions options, TimeProvider clock)
    {
        (_clock, _remember) = (clock, options.SamplingTime);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumThroughput,
                SamplingDuration = options.SamplingTime,
                BreakDuration = options.BreakTime,
                ShouldHandle = arguments => ValueTask.FromResult(Counts(arguments.Outcome.Exception)),
                OnOpened = arguments =>
                {
                    Volatile.Write(ref _blockedUntil, (clock.GetUtcNow() + arguments.BreakDuration).UtcTicks);
                    return Enter(BreakerState.Open);
                },
                OnHalfOpened = _ => Enter(BreakerState.HalfOpen),
                OnClosed = _ => Enter(BreakerState.Closed),
            })
            .Build();
    }

    public BreakerState State => _state;

    /// <summary>Whether a call would be refused now. After the break time one call may try.</summary>
    public bool IsBlocked => _state == BreakerState.Open && Remaining > TimeSpan.Zero;

    /// <summary>How long calls are refused; zero when they are not.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = Volatile.Read(ref _blockedUntil) - _clock.GetUtcNow().UtcTicks;
            return _state != BreakerState.Closed && left > 0 ? TimeSpan.FromTicks(left) : TimeSpan.Zero;
        }
    }

    /// <summary>Runs an attempt and counts how it ends.</summary>
    /// <param name="request">Tells requests apart.</param>
    /// <exception cref="BrokenCircuitException">The breaker is open.</exception>
    public async ValueTask<T> RunAsync<T>(
        int request, Func<ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            // What failed before says nothing new; only where the breaker needs a call that tries, any will do.
            var result = _state == BreakerState.Closed && HasFailed(request)
                ? await attempt().ConfigureAwait(false)
                : await _pipeline.ExecuteAsync(static (attempt, _) => attempt(), attempt, cancellationToken)
                    .ConfigureAwait(false);
            _failed.TryRemove(request, out _);
            return result;
        }
        catch (Exception error) when (Counts(error))
        {
            Remember(request);
            throw;
        }
    }

    /// <summary>Counts a failure that came after an attempt had begun to answer.</summary>
    public async ValueTask ReportAsync(int request, Exception failure)
    {
        if (!Counts(failure) || HasFailed(request)) return;
        Remember(request);
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        await _pipeline.ExecuteOutcomeAsync(
            static (_, failure) => ValueTask.FromResult(Outcome.FromException<bool>(failure)), context, failure)
            .ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);
    }

    /// <summary>A wrong request or a refusal says nothing about the model's health, and cancelling even less.</summary>
    private static bool Counts(Exception? error) =>
        error is GatewayException { IsTransient: true } or GatewayException { Failure: GatewayFailure.Misconfigured };

    private bool HasFailed(int request) => _failed.TryGetValue(request, out var until) && until > _clock.GetUtcNow();

    private void Remember(int request)
    {
        var now = _clock.GetUtcNow();
        if (_failed.Count >= MaxFailed)
        {
            foreach (var (old, until) in _failed)
                if (until <= now) _failed.TryRemove(old, out _);
            if (_failed.Count >= MaxFailed) _failed.Clear();
        }
        _failed[request] = now + _remember;
    }

    private ValueTask Enter(BreakerState state)
    {
        _state = state;
        return ValueTask.CompletedTask;
    }
}
