using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Gateway.Routing;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>
/// What the links of the chain tell each other about one call. Made at the entry, thrown away at the end.
/// </summary>
internal sealed class CallState
{
    public required string Id { get; init; }

    public required CallContext Context { get; init; }

    public required StagePolicy Stage { get; init; }

    /// <summary>Providers and policy as they were when the call began.</summary>
    public required ProviderCatalog Catalog { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    /// <summary>What the caller asked for.</summary>
    public string? Alias { get; init; }

    public bool Streaming { get; init; }

    /// <summary>Input tokens by estimate; set by the limits.</summary>
    public long InputEstimate { get; set; }

    public int MaxOutput { get; set; }

    /// <summary>Money of this call; set by the budget.</summary>
    public Purse? Purse { get; set; }

    /// <summary>Where the call may go; set by the routing.</summary>
    public RoutePlan? Route { get; set; }

    /// <summary>The route with weaker tiers, for a budget that asks to downgrade; set by the routing.</summary>
    public Func<RoutePlan>? Downgraded { get; set; }

    /// <summary>Receipts of the call so far.</summary>
    public List<Receipt> Receipts { get; } = [];

    /// <summary>
    /// Tells requests apart, in this process only: the same caller asking the same again has the same.
    /// </summary>
    public int Fingerprint { get; set; }

    public ModelsPolicy Policy => Catalog.Policy;

    private int _attempts;

    /// <summary>The number of the next attempt, from 1.</summary>
    public int NextAttempt() => Interlocked.Increment(ref _attempts);

    public static CallState Of(ChatOptions? options) => Carried.Of(options).State
        ?? throw new InvalidOperationException("a link of the chain was called without the gateway's entry");

    public ChatOptions On(ChatOptions? options) => (Carried.Of(options) with { State = this }).On(options);
}
