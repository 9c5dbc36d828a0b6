namespace Baton.Playbooks.Customers;

/// <summary>What <c>customers.yaml</c> says of looking customers up.</summary>
public sealed record CustomersPolicy
{
    /// <summary>Tiers of the playbook by the directory's own words, which are read in any case.</summary>
    public IReadOnlyDictionary<string, string> Tiers { get; init; } = new Dictionary<string, string>();

    /// <summary>A directory over HTTP; null where none is declared.</summary>
    public HttpLookup? Http { get; init; }
}

/// <summary>One request that finds a customer, and where its answer says what.</summary>
public sealed record HttpLookup
{
    /// <summary>
    /// Address with the holes <c>{email}</c> and <c>{id}</c>; without a value for one of its holes nobody is asked.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Header name → environment variable that holds its value; the value itself is never stored.</summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Place of the customer's id in the answer, such as <c>data.0.id</c>; where it is empty, nobody was found.
    /// </summary>
    public required string Id { get; init; }

    public required string Tier { get; init; }

    /// <summary>Tickets of the last 30 days; null where the directory does not count them.</summary>
    public string? RecentTickets { get; init; }

    /// <summary>Places by the names under which people see the values in the handoff.</summary>
    public IReadOnlyDictionary<string, string> Account { get; init; } = new Dictionary<string, string>();
}
