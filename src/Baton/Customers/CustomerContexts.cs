using Baton.Playbooks;

namespace Baton.Customers;

/// <summary>Turns a directory's answer into the context that decisions use.</summary>
public sealed class CustomerContexts(ICustomerDirectory directory, TimeProvider clock)
{
    /// <summary>
    /// The customer's context. A stranger gets the playbook's <c>unknown_customer_tier</c>; a failed lookup, and a tier
    /// that the playbook does not have, get the highest: somebody who may matter most must not wait for our fault.
    /// </summary>
    public async ValueTask<CustomerContext> FetchAsync(
        Playbook playbook, CustomerQuery query, int recentTickets, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var context = await AskAsync(playbook, query, recentTickets, cancellationToken);
        return context with { LookupMs = Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3) };
    }

    /// <summary>
    /// Whether customers are looked up elsewhere than in the ticket: then its sender's address is needed.
    /// </summary>
    public bool AsksOthers => directory is not GivenDirectory;

    private async ValueTask<CustomerContext> AskAsync(
        Playbook playbook, CustomerQuery query, int recentTickets, CancellationToken cancellationToken)
    {
        var highest = playbook.CustomerTiers[^1];
        try
        {
            var found = await directory.FindAsync(query, cancellationToken);
            return found is null
                ? new CustomerContext
                {
                    Id = query.Id, Lookup = CustomerLookup.Unknown, Tier = playbook.UnknownCustomerTier,
                    RecentTickets = recentTickets, Detail = "the directory has no such customer",
                }
                : Known(playbook, found, recentTickets, highest);
        }
        catch (CustomerDirectoryException error)
        {
            return new CustomerContext
            {
                Id = query.Id, Lookup = CustomerLookup.Failed, Tier = highest, RecentTickets = recentTickets,
                Detail = error.Message,
            };
        }
    }

    private static CustomerContext Known(Playbook playbook, CustomerRecord found, int recentTickets, string highest)
    {
        var said = playbook.Customers.Tiers.GetValueOrDefault(found.Tier, found.Tier);
        // The directory knows the customer and no tier: nobody says that this one matters most.
        if (said.Length == 0) said = playbook.UnknownCustomerTier;
        var tier = playbook.CustomerTiers.FirstOrDefault(
            t => string.Equals(t, said, StringComparison.OrdinalIgnoreCase));
        return new CustomerContext
        {
            Id = found.Id,
            Lookup = CustomerLookup.Found,
            Tier = tier ?? highest,
            RecentTickets = found.RecentTickets ?? recentTickets,
            Account = found.Account,
            Detail = tier is null ? $"tier '{found.Tier}' is not in the playbook, taken as {highest}" : null,
        };
    }
}
