using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks.Customers;

public sealed class CustomersReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-customers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_tiers_and_a_request()
    {
        var read = Assert.IsType<LoadedPlaybook.Valid>(Load("""
            tiers: { Gold: enterprise }
            http:
              url: https://crm.example.com/customers?email={email}
              secret_headers: { Authorization: CRM_TOKEN }
              id: id
              tier: plan.name
              account: { since: created_at }
            """)).Playbook.Customers;

        Assert.Equal("enterprise", read.Tiers["gOLD"]);
        Assert.Equal(("plan.name", "CRM_TOKEN"), (read.Http!.Tier, read.Http.SecretHeaders["Authorization"]));
    }

    [Theory]
    [InlineData("tiers: { Gold: platinum }", "platinum")]
    [InlineData("tires: { Gold: enterprise }", "tiers")]
    [InlineData("http: { url: 'https://crm.example.com/customers', id: id, tier: plan }", "names nobody")]
    [InlineData("http: { url: 'ftp://crm.example.com/{id}', id: id, tier: plan }", "no address")]
    [InlineData("http: { url: 'https://{id}.example.com/', id: id, tier: plan }", "choose the server")]
    [InlineData("http: { url: 'https://crm.example.com/{id}', id: 'a..b', tier: plan }", "no place")]
    [InlineData("http: { url: 'https://crm.example.com/{id}/{name}', id: id, tier: plan }", "no other hole")]
    [InlineData("http: { url: 'https://crm.example.com/{id}', tier: plan }", "id")]
    public void Says_what_is_wrong(string yaml, string said)
    {
        var invalid = Assert.IsType<LoadedPlaybook.Invalid>(Load(yaml));

        Assert.Contains(invalid.Problems, p => p.File == "customers.yaml"
            && $"{p}".Contains(said, StringComparison.Ordinal));
    }

    private LoadedPlaybook Load(string yaml)
    {
        new PlaybookFiles().With("customers.yaml", yaml + "\n").WriteTo(_folder);
        return PlaybookLoader.Load(_folder);
    }
}
