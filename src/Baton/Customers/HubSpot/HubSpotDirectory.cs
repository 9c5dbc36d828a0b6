using System.Net.Http.Headers;
using Baton.Operations.Vendors;

namespace Baton.Customers.HubSpot;

/// <summary>
/// Contacts of HubSpot (CRM API v3, HubSpot-public-api-spec-collection): by e-mail address, which is exact and sees new
/// contacts at once, where a search does not; else by the contact's own id.
/// </summary>
internal sealed class HubSpotDirectory(CustomersOptions options, TimeProvider clock) : ICustomerDirectory, IDisposable
{
    private readonly VendorCalls _calls = new(
        DirectoryAnswers.Access(options, request =>
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token)) with
        {
            Judge = reply => reply.Status is 400 or 429
                ? new VendorFailure(reply.Said(reply.Body.Text("category") ?? reply.Body.Text("policyName")),
                    reply.Status == 429, reply.After(clock.GetUtcNow())) : null,
        }, clock);

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (Path(query) is not { } path) return null;
        var wanted = string.Join(',', options.AccountFields.Values.Append(options.Tier).Distinct());
        var answer = await _calls.GetAsync(
            $"/crm/v3/objects/contacts/{path}properties={Uri.EscapeDataString(wanted)}", cancellationToken);
        return DirectoryAnswers.Reply(answer) is { Body: var contact } && contact.Id("id") is { } id
            ? DirectoryAnswers.Record(id, contact.At("properties"), options)
            : null;
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>Addresses are stored in small letters there; an id is a number.</summary>
    private static string? Path(CustomerQuery query) =>
        DirectoryQuery.Email(query) is { } email ? $"{Uri.EscapeDataString(email.ToLowerInvariant())}?idProperty=email&"
        : query.Id is { Length: > 0 and <= 20 } id && id.All(char.IsAsciiDigit) ? $"{id}?"
        : null;
}
