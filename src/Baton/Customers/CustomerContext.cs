using System.Text.Json.Serialization;

namespace Baton.Customers;

/// <summary>How a customer lookup ended.</summary>
public enum CustomerLookup
{
    Found,
    Unknown,
    Failed,
}

/// <summary>What is known of the customer for deciding: no name and no address, those live with the messages.</summary>
public sealed record CustomerContext
{
    /// <summary>The customer's id in the directory, or a pseudonym; null for a stranger.</summary>
    public string? Id { get; init; }

    public required CustomerLookup Lookup { get; init; }

    /// <summary>
    /// Tier that decisions use: the playbook's highest when the lookup failed, its <c>unknown_customer_tier</c> when
    /// nobody was found.
    /// </summary>
    public required string Tier { get; init; }

    /// <summary>Tickets in the 30 days before this one.</summary>
    public int RecentTickets { get; init; }

    /// <summary>Account facts for the handoff packet, already free of personal data.</summary>
    public IReadOnlyDictionary<string, string> Account { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the lookup took, milliseconds; null when it was another turn's.</summary>
    [JsonIgnore]
    public double? LookupMs { get; init; }

    /// <summary>Why the lookup failed, for the trace.</summary>
    public string? Detail { get; init; }
}
