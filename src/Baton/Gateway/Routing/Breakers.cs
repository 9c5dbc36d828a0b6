using System.Collections.Concurrent;
using Baton.Playbooks;
using Polly;
using Polly.CircuitBreaker;

namespace Baton.Gateway.Routing;

/// <summary>The state of a breaker as the console and the health page show it.</summary>
public enum BreakerState
{
    Closed,
    Open,

    /// <summary>The next call tries whether the model is back.</summary>
    HalfOpen,
}

/// <summary>One breaker per provider and model.</summary>
public sealed class Breakers(BreakerOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Breaker> _breakers = new();

    /// <summary>Called when a breaker changes, with provider/model.</summary>
    public event Action<string, BreakerState>? Changed;

    /// <summary>All breakers that have seen a call, by provider/model.</summary>
    public IReadOnlyDictionary<string, BreakerState> States =>
        _breakers.ToDictionary(b => b.Key, b => b.Value.State);

    internal Breaker Of(ModelPolicy model)
    {
        var name = $"{model.Provider}/{model.Name}";
        return _breakers.GetOrAdd(name, _ => new Breaker(options, clock, state => Changed?.Invoke(name, state)));
    }
}

/// <summary>Leaves a failing model alone for a while. Polly decides when.</summary>
internal sealed class Breaker
{
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _pipeline;
    private long _blockedUntil;
    private volatile BreakerState _state;

    public Breaker(BreakerOptions options, TimeProvider clock, Action<BreakerState> changed)
    {
        _clock = clock;
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
                    return Enter(BreakerState.Open, changed);
                },
                OnHalfOpened = _ => Enter(BreakerState.HalfOpen, changed),
                OnClosed = _ => Enter(BreakerState.Closed, changed),
            })
            .Build();
    }

    public BreakerState State => _state;

    /// <summary>Whether a call would be refused now. After the break time one call may try.</summary>
    public bool IsBlocked =>
        _state == BreakerState.Open && _clock.GetUtcNow().UtcTicks < Volatile.Read(ref _blockedUntil);

    /// <summary>Runs an attempt and counts how it ends.</summary>
    /// <exception cref="BrokenCircuitException">The breaker is open.</exception>
    public ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static (attempt, token) => attempt(token), attempt, cancellationToken);

    /// <summary>Counts a failure that came after an attempt had begun to answer.</summary>
    public async ValueTask ReportAsync(Exception failure)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        await _pipeline.ExecuteOutcomeAsync(
            static (_, failure) => ValueTask.FromResult(Outcome.FromException<bool>(failure)), context, failure)
            .ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);
    }

    /// <summary>A wrong request or a refusal says nothing about the model's health, and cancelling even less.</summary>
    private static bool Counts(Exception? error) =>
        error is GatewayException { IsTransient: true } or GatewayException { Failure: GatewayFailure.Misconfigured };

    private ValueTask Enter(BreakerState state, Action<BreakerState> changed)
    {
        _state = state;
        changed(state);
        return ValueTask.CompletedTask;
    }
}
