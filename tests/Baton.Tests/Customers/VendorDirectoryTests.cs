using Baton.Customers;
using Baton.Customers.Csv;
using Baton.Customers.HubSpot;
using Baton.Customers.Pipedrive;
using Baton.Customers.Salesforce;
using Baton.Customers.Shopify;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;

namespace Baton.Tests.Customers;

/// <summary>Directories behind APIs; a class for each, because each inherits the whole suite.</summary>
public abstract class VendorDirectoryTests : VendorDirectoryConformance
{
    protected override StandInVendor NewStandIn() => new StandInContacts();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static CustomersOptions For(
        StandInVendor vendor, DirectorySource source, string tier, string account = "") =>
        new()
        {
            Source = source, Url = vendor.Address, Token = StandInContacts.Token, ClientId = StandInContacts.ClientId,
            ClientSecret = StandInContacts.ClientSecret, Tier = tier, Account = account, AllowPrivate = true,
            Timeout = TimeSpan.FromSeconds(5),
        };
}

public sealed class HubSpotDirectoryTests : VendorDirectoryTests
{
    protected override string Reply => """{"id":"512","properties":{"customer_tier":"plus","plan":"Gold"}}""";

    protected override ICustomerDirectory SetUp(StandInVendor vendor) => new HubSpotDirectory(
        For(vendor, DirectorySource.HubSpot, "customer_tier", "plan=plan"), TimeProvider.System);

    [Fact]
    public async Task Reads_tier_and_account()
    {
        var found = (await Directory().FindAsync(Somebody, Cancel))!;

        Assert.Equal(("512", "plus"), (found.Id, found.Tier));
        Assert.Equal([new("plan", "Gold")], found.Account);
    }
}

public sealed class SalesforceDirectoryTests : VendorDirectoryTests
{
    protected override string Reply =>
        """{"access_token":"t","totalSize":1,"records":[{"Id":"003000000000001","Account":{"Type":"plus"}}]}""";

    /// <summary>The limit comes as 403.</summary>
    protected override VendorResponse TooMany() =>
        new(403, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""");

    protected override ICustomerDirectory SetUp(StandInVendor vendor) => new SalesforceDirectory(
        For(vendor, DirectorySource.Salesforce, "Account.Type", "plan=Plan__c"), TimeProvider.System);

    [Fact]
    public async Task Logs_in_again_when_its_session_has_ended()
    {
        var directory = Directory();
        await directory.FindAsync(Somebody, Cancel);
        ((StandInContacts)Vendor).EndedSessions = 1;

        Assert.Equal("plus", (await directory.FindAsync(Somebody, Cancel))!.Tier);
        Assert.Equal(2, Vendor.Requests.Count(r => r.Path.EndsWith("/token", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("o'hara@example.com")]
    [InlineData("a\\'or'1'='1@example.com")]
    public async Task Lets_no_address_end_its_literal(string email)
    {
        Assert.Null(await Directory().FindAsync(new CustomerQuery(null, null, null) { Email = email }, Cancel));
        Assert.Contains(Vendor.Requests, r => r.Query.ContainsKey("q"));
    }
}

public sealed class PipedriveDirectoryTests : VendorDirectoryTests
{
    protected override string Reply =>
        """{"success":true,"data":{"id":7,"custom_fields":{"tierhash":"plus"},"items":[{"item":{"id":7,"emails":["ada@example.com"]}}]}}""";

    protected override ICustomerDirectory SetUp(StandInVendor vendor) => new PipedriveDirectory(
        For(vendor, DirectorySource.Pipedrive, "custom_fields.tierhash", "plan=custom_fields.planhash"),
        TimeProvider.System);

    [Fact]
    public async Task Takes_the_very_address_and_no_neighbour() =>
        Assert.Equal("7", (await Directory().FindAsync(Somebody, Cancel))!.Id);
}

public sealed class ShopifyDirectoryTests : VendorDirectoryTests
{
    protected override string Reply =>
        """{"data":{"customerByIdentifier":{"id":"gid://shopify/Customer/42","numberOfOrders":"4"},"orders":{"nodes":[{"name":"#1002"}]}}}""";

    /// <summary>Throttling comes in a 200.</summary>
    protected override VendorResponse TooMany() =>
        new(200, """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":752,"actualQueryCost":null,"throttleStatus":{"maximumAvailable":1000.0,"currentlyAvailable":666,"restoreRate":50.0}}}}""");

    protected override ICustomerDirectory SetUp(StandInVendor vendor) => new ShopifyDirectory(
        For(vendor, DirectorySource.Shopify, "plus=3, enterprise=20"), TimeProvider.System);

    [Fact]
    public async Task Reads_orders_and_a_tier_from_their_number()
    {
        var found = (await Directory().FindAsync(Somebody, Cancel))!;

        Assert.Equal(("42", "plus"), (found.Id, found.Tier));
        Assert.Equal("#1002 2026-05-02 FULFILLED PAID", found.Account["last order"]);
        Assert.Equal("4", found.Account["orders"]);
    }
}

public sealed class CsvDirectoryTests : CustomerDirectoryConformance, IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("baton-csv-").FullName;

    private string File => Path.Combine(_folder, "customers.csv");

    protected override CustomerQuery Somebody { get; } = new("C-1", null, null);

    protected override CustomerQuery Nobody { get; } = new("C-9", null, null);

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    protected override ICustomerDirectory Directory()
    {
        Write("id,email,tier,recent_tickets,plan\nC-1,ada@example.com,plus,3,\"Gold, \"\"old\"\"\"\n");
        return Set();
    }

    protected override ICustomerDirectory Broken() =>
        new CsvDirectory(new CustomersOptions { Source = DirectorySource.Csv,
            File = Path.Combine(_folder, "none.csv") });

    [Fact]
    public async Task Reads_columns_by_name_and_quoted_values()
    {
        var found = (await Directory().FindAsync(
            new CustomerQuery(null, null, null) { Email = "ADA@example.com" }, TestContext.Current.CancellationToken))!;

        Assert.Equal(("C-1", "plus", 3), (found.Id, found.Tier, found.RecentTickets));
        Assert.Equal([new("plan", "Gold, \"old\"")], found.Account);
    }

    [Fact]
    public async Task Reads_the_file_again_when_it_changes()
    {
        var directory = Directory();
        await directory.FindAsync(Somebody, TestContext.Current.CancellationToken);
        Write("id,tier\nC-1,enterprise\n");

        Assert.Equal("enterprise", (await directory.FindAsync(Somebody, TestContext.Current.CancellationToken))!.Tier);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,mail\nAda,a@b.c\n")]
    public async Task Says_what_is_wrong_with_a_file(string text)
    {
        Write(text);
        if (text.Length == 0) Assert.Null(await Set().FindAsync(Somebody, TestContext.Current.CancellationToken));
        else await Assert.ThrowsAsync<CustomerDirectoryException>(
            async () => await Set().FindAsync(Somebody, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Reads_any_text_as_rows()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
            _ = CsvRows.Of(new string([.. Enumerable.Range(0, random.Next(60))
                .Select(_ => "a,\"\n\r;\uFEFFé"[random.Next(8)])])).Sum(row => row.Count);
    }

    private CsvDirectory Set() =>
        new(new CustomersOptions { Source = DirectorySource.Csv, File = File, Account = "plan=plan" });

    private void Write(string text) => System.IO.File.WriteAllText(File, text);
}
