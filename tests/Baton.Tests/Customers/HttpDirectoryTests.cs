using Baton.Customers;
using Baton.Customers.Http;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Testing.Vendors;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Customers;

/// <summary>The directory that the playbook declares.</summary>
public sealed class HttpDirectoryTests : VendorDirectoryTests
{
    private readonly List<Desk> _desks = [];

    protected override string Reply => """{"data":[{"id":12,"plan":{"name":"plus"},"tickets":3}]}""";

    protected override ICustomerDirectory SetUp(StandInVendor vendor)
    {
        var desk = new Desk(Files(vendor.Address));
        _desks.Add(desk);
        return new HttpDirectory(
            desk.Get<PlaybookHost>(), For(vendor, DirectorySource.Http, ""),
            name => name == "CRM_KEY" ? StandInContacts.Token : null, TimeProvider.System);
    }

    [Fact]
    public async Task Reads_the_places_that_the_playbook_names()
    {
        var found = (await Directory().FindAsync(Somebody, Cancel))!;

        Assert.Equal(("12", "plus", 3), (found.Id, found.Tier, found.RecentTickets));
        Assert.Equal([new("since", "2024")], found.Account);
    }

    [Fact]
    public async Task Asks_nobody_without_a_value_for_a_hole()
    {
        Assert.Null(await Directory().FindAsync(new CustomerQuery("c-1", null, null), Cancel));
        Assert.Empty(Vendor.Requests);
    }

    [Fact]
    public async Task Says_that_the_playbook_declares_none()
    {
        await using var desk = new Desk();

        var error = await Assert.ThrowsAsync<CustomerDirectoryException>(async () =>
            await new HttpDirectory(desk.Get<PlaybookHost>(), new CustomersOptions(), _ => null, TimeProvider.System)
                .FindAsync(Somebody, Cancel));
        Assert.Contains("customers.yaml", error.Message, StringComparison.Ordinal);
    }

    private static PlaybookFiles Files(Uri address) => DeskPlaybook.Files().With("customers.yaml", $$"""
        http:
          url: {{address}}customers?email={email}
          secret_headers: { X-Key: CRM_KEY }
          id: data.0.id
          tier: data.0.plan.name
          recent_tickets: data.0.tickets
          account: { since: data.0.since }

        """);
}
