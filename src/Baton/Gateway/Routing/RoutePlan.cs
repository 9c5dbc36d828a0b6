using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Routing;

/// <summary>Where a call may go, in the order of preference, and why other models were left out.</summary>
internal sealed record RoutePlan(
    IReadOnlyList<ModelCandidate> Candidates, IReadOnlyList<ReceiptCandidate> Considered, RoutingStrategy Strategy)
{
    /// <summary>Why a model was left out of a regulated conversation; the reason follows.</summary>
    public const string NotForRegulated = "not for regulated conversations";

    /// <summary>Why a model was left out that failed a moment ago.</summary>
    public const string BreakerOpen = "breaker open";

    /// <summary>The tier the call was routed to; null when it named a model.</summary>
    public string? Tier { get; init; }
}

/// <summary>A model that qualifies for a call.</summary>
/// <param name="Estimate">The most an attempt there can cost; this is what is reserved.</param>
internal sealed record ModelCandidate(ModelPolicy Model, ProviderPolicy Provider, Usd Estimate);

/// <summary>What a call needs of a model.</summary>
internal sealed record RouteQuery
{
    public required StagePolicy Stage { get; init; }

    /// <summary>A model, a tier, <c>auto</c>, or null for the stage's tier.</summary>
    public string? Alias { get; init; }

    public ModelCapabilities Needs { get; init; }

    public long InputEstimate { get; init; }

    public int MaxOutput { get; init; }

    public bool Batch { get; init; }

    public bool Passthrough { get; init; }

    /// <summary>Models and tiers the caller may use; empty allows all.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether only providers qualify that may see a regulated conversation.</summary>
    public bool Regulated { get; init; }

    /// <summary>The estimate for <c>auto</c>, made only when it is asked for.</summary>
    public Func<double> Difficulty { get; init; } = () => 0;

    /// <summary>Also weaker tiers, because the budget asks to downgrade.</summary>
    public bool WeakerTiers { get; init; }
}
