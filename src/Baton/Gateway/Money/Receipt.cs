using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>How an attempt ended.</summary>
public enum ReceiptStatus
{
    Answered,

    /// <summary>The model refused; it is paid for.</summary>
    Refused,

    /// <summary>Answered from the cache; nothing was paid.</summary>
    Cached,

    /// <summary>The provider said no before it did anything; nothing is paid.</summary>
    Failed,

    RateLimited,

    /// <summary>No answer in time. What was sent is counted as paid, because providers may bill it.</summary>
    TimedOut,

    /// <summary>The caller went away. Counted like <see cref="TimedOut"/>, plus the output so far.</summary>
    Cancelled,

    /// <summary>The stream broke after its first token; input and the output so far are paid.</summary>
    Cut,

    /// <summary>The process died during the attempt; counted at the reserved amount when it starts again.</summary>
    Abandoned,
}

/// <summary>One attempt at one model: what was asked, why this model, what came of it and what it cost.</summary>
public sealed record Receipt
{
    public required string Id { get; init; }

    /// <summary>All attempts of one call have the same.</summary>
    public required string CallId { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Stage { get; init; }

    /// <summary>What the caller asked for: a model, a tier, <c>auto</c>, or nothing.</summary>
    public string? Alias { get; init; }

    public string? Tier { get; init; }

    /// <summary>Our name of the model, as in the playbook.</summary>
    public required string Model { get; init; }

    public required string Provider { get; init; }

    /// <summary>What the provider says it served.</summary>
    public string? ServedModel { get; init; }

    public required ReceiptStatus Status { get; init; }

    public Tokens Tokens { get; init; }

    /// <summary>Whether any of the tokens are our estimate, because the provider reported none.</summary>
    public bool Estimated { get; init; }

    /// <summary>In whole nano-dollars.</summary>
    public Usd Cost { get; init; }

    /// <summary>What a cached answer would have cost.</summary>
    public Usd Saved { get; init; }

    /// <summary>The date of the prices.</summary>
    public required DateOnly PricesDated { get; init; }

    public double LatencyMs { get; init; }

    /// <summary>Milliseconds to the first token; only for streams.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>The models that were considered, in the order of preference, with why one was left out.</summary>
    public IReadOnlyList<ReceiptCandidate> Candidates { get; init; } = [];

    public RoutingStrategy Strategy { get; init; }

    /// <summary>The kind of failure; never the provider's words, which may repeat the customer's.</summary>
    public string? Error { get; init; }

    public string? Ticket { get; init; }

    public string? Customer { get; init; }

    public string? Key { get; init; }

    public bool Batch { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A model that was considered for a call.</summary>
/// <param name="Model">Our name of the model.</param>
/// <param name="LeftOut">Why it was not a candidate; null when it was.</param>
/// <param name="Estimate">What the call was expected to cost at most there.</param>
public sealed record ReceiptCandidate(string Model, string? LeftOut, Usd Estimate);

/// <summary>A receipt and where it was written: places rise, and none is given behind one that was read.</summary>
internal readonly record struct PlacedReceipt(long Place, Receipt Receipt);
