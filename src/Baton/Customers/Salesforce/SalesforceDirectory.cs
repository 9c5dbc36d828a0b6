using Baton.Operations.Vendors;

namespace Baton.Customers.Salesforce;

/// <summary>Contacts of Salesforce by a query (SOQL) for the e-mail address, or the contact's own id.</summary>
internal sealed class SalesforceDirectory(CustomersOptions options, TimeProvider clock) : ICustomerDirectory,
    IDisposable
{
    private readonly SalesforceCalls _calls = new(
        DirectoryAnswers.Access(options, _ => { }), options.ClientId, options.ClientSecret, clock);

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (Where(query) is not { } where) return null;
        var fields = string.Join(',', options.AccountFields.Values.Append(options.Tier).Prepend("Id").Distinct());
        var answer = await _calls.QueryAsync(
            $"SELECT {fields} FROM Contact WHERE {where} ORDER BY LastModifiedDate DESC LIMIT 1", cancellationToken);
        return DirectoryAnswers.Reply(answer) is { Body: var found }
            && found.Items("records").FirstOrDefault() is var contact && contact.Text("Id") is { } id
            ? DirectoryAnswers.Record(id, contact, options)
            : null;
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>Ids have 15 or 18 letters and digits and begin with 003.</summary>
    private static string? Where(CustomerQuery query) =>
        DirectoryQuery.Email(query) is { } email ? $"Email = {SalesforceCalls.Literal(email)}"
        : query.Id is { Length: 15 or 18 } id && id.StartsWith("003", StringComparison.Ordinal)
            && id.All(char.IsAsciiLetterOrDigit) ? $"Id = {SalesforceCalls.Literal(id)}"
        : null;
}
