using System.Collections.Concurrent;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Routing;

/// <summary>The state of a breaker.</summary>
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

    /// <summary>All breakers that have seen a call, by provider/model.</summary>
    public IReadOnlyDictionary<string, BreakerState> States =>
        _breakers.ToDictionary(b => b.Key, b => b.Value.State);

    /// <summary>Whether somebody has stopped a provider; set by the host.</summary>
    internal Func<string, bool> IsStopped { get; set; } = _ => false;

    /// <summary>Whether a model is not asked now: left alone, or its provider is stopped.</summary>
    internal bool IsOut(ModelPolicy model) => Of(model).IsBlocked || IsStopped(model.Provider);

    internal Breaker Of(ModelPolicy model) =>
        _breakers.GetOrAdd($"{model.Provider}/{model.Name}", _ => new Breaker(options, clock));

    /// <summary>The failure of a call that was not made, because these models are left alone for a while.</summary>
    internal GatewayException Unavailable(IReadOnlyList<ModelPolicy> models)
    {
        var wait = models.Min(m => Of(m).Remaining);
        return new GatewayException(GatewayFailure.Unavailable,
            $"{string.Join(", ", models.Select(m => $"'{m.Name}'"))} failed too often and will be tried again in "
            + $"{wait.TotalSeconds:0.#} s. Come back then.")
        {
            RetryAfter = wait,
        };
    }
}
