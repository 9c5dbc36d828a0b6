namespace Baton.Playbooks.Models;

/// <summary>How a stage's model is chosen among those that qualify.</summary>
public enum RoutingStrategy
{
    /// <summary>The least expected cost. The default.</summary>
    Cheapest,

    /// <summary>The declared order of the tier.</summary>
    Ordered,

    /// <summary>At random by <see cref="ModelPolicy.Weight"/>.</summary>
    Weighted,

    /// <summary>The least observed time to the first token.</summary>
    Fastest,
}

/// <summary>Which answers a stage may reuse.</summary>
public enum CacheMode
{
    Off,

    /// <summary>Only the answer to exactly the same request.</summary>
    Exact,

    /// <summary>Also the answer to a similar one, when <see cref="CachePolicy.Semantic"/> is on.</summary>
    Semantic,
}

/// <summary>The bounds within which one pipeline stage, or one kind of outside call, may ask a model.</summary>
public sealed record StagePolicy
{
    public required string Name { get; init; }

    /// <summary>Name of the tier it starts with.</summary>
    public required string Tier { get; init; }

    /// <summary>Longest time for the whole call, all attempts included. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most output tokens. Default 1,024.</summary>
    public int MaxTokens { get; init; } = 1024;

    public RoutingStrategy Strategy { get; init; } = RoutingStrategy.Cheapest;

    public CacheMode Cache { get; init; } = CacheMode.Off;

    /// <summary>Ask a second candidate when the first has not answered after this time; null never does.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>Whether low-priority calls may use the provider's batch lane and prices. Default false.</summary>
    public bool Batch { get; init; }
}
