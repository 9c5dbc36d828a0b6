using Baton.Gateway.Money;

namespace Baton.Gateway.Keys;

/// <summary>A key that Baton gives to another program.</summary>
public sealed record VirtualKey
{
    public required string Id { get; init; }

    /// <summary>Unique, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Null takes the playbook's budget for keys.</summary>
    public KeyBudget? Budget { get; init; }

    /// <summary>Requests per minute; null sets no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Models, tiers and <c>auto</c> that it may ask for; empty allows all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>On every receipt of the key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Requests go to the named model as they are: receipts only, no routing, cache or redaction.</summary>
    public bool Passthrough { get; init; }

    /// <summary>
    /// Whether its headers name Baton's own customers and tickets and spend their budgets. Default: customers and
    /// tickets of a key are its own.
    /// </summary>
    public bool SharesAccounts { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }
}
