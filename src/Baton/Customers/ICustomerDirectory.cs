namespace Baton.Customers;

/// <summary>
/// Where customers are looked up: a CRM, or what the channel already knows. A seam for strangers; implementations
/// derive their tests from <c>CustomerDirectoryConformance</c>.
/// </summary>
public interface ICustomerDirectory
{
    /// <summary>Finds a customer. Nobody found is an answer, not an error.</summary>
    /// <exception cref="CustomerDirectoryException">The directory could not be asked.</exception>
    ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken);
}

/// <summary>What the channel knows of the sender.</summary>
/// <param name="GivenTier">Tier that the ticket itself states.</param>
/// <param name="GivenRecentTickets">Recent tickets that the ticket itself states.</param>
public sealed record CustomerQuery(string? Id, string? GivenTier, int? GivenRecentTickets)
{
    /// <summary>The address that the sender claims, as it came; it is not kept.</summary>
    public string? Email { get; init; }
}

/// <summary>One customer as the directory has it.</summary>
/// <param name="Tier">In the directory's own word; empty when it says none.</param>
/// <param name="RecentTickets">Tickets of the last 30 days; null when the directory does not count them.</param>
/// <param name="Account">Account facts for the handoff packet, free of personal data.</param>
public sealed record CustomerRecord(
    string Id, string Tier, int? RecentTickets, IReadOnlyDictionary<string, string> Account);

/// <summary>The directory did not answer.</summary>
public sealed class CustomerDirectoryException(string message, bool isTransient, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient { get; } = isTransient;
}
