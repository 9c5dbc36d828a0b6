namespace Baton.Playbooks.Models;

/// <summary>One model at one provider.</summary>
public sealed record ModelPolicy
{
    /// <summary>Our name for it, unique in the playbook.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the provider that runs it.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider calls it; sent exactly as written.</summary>
    public required string Id { get; init; }

    /// <summary>Required: a model without prices is an error, never free by accident.</summary>
    public required ModelPrices Prices { get; init; }

    /// <summary>Largest sum of input and output in tokens.</summary>
    public required int ContextTokens { get; init; }

    public ModelCapabilities Capabilities { get; init; } = ModelCapabilities.Streaming;

    /// <summary>Share of calls under the strategy <c>weighted</c>. Default 1; 0 means only as a fallback.</summary>
    public double Weight { get; init; } = 1;
}

/// <summary>What a model can do; a request that needs more is not sent to it.</summary>
[Flags]
public enum ModelCapabilities
{
    None = 0,
    Streaming = 1,
    Tools = 2,

    /// <summary>The server enforces a JSON schema. Without it Baton validates the answer and asks once more.</summary>
    JsonSchema = 4,
    Images = 8,

    /// <summary>The model makes vectors and does not chat.</summary>
    Embeddings = 16,
}

/// <summary>Prices in dollars per million tokens, as published on a date.</summary>
/// <param name="Dated">The day these prices were read; it names the price version on every receipt.</param>
/// <param name="Input">Fresh input tokens.</param>
/// <param name="Output">Output tokens, reasoning included.</param>
public sealed record ModelPrices(DateOnly Dated, Usd Input, Usd Output)
{
    /// <summary>Input read from the provider's cache; null means the price of <see cref="Input"/>.</summary>
    public Usd? CachedInput { get; init; }

    /// <summary>Input written to the provider's cache; null means the price of <see cref="Input"/>.</summary>
    public Usd? CacheWrite { get; init; }

    /// <summary>
    /// What an hour of a machine of one's own costs, dollars; null: nobody pays by the hour. A call costs the time
    /// that it took; hours in which nothing is asked are in the projection.
    /// </summary>
    public Usd? Hourly { get; init; }

    /// <summary>Factor on every price for the provider's batch lane; default 1 (no batch price).</summary>
    public decimal BatchFactor { get; init; } = 1m;
}
