using Baton.Operations.Vendors;

namespace Baton.Customers.Pipedrive;

/// <summary>
/// Persons of Pipedrive (API v2, api-evangelist/pipedrive): a search by e-mail address finds the id, the person has the
/// fields. The search is the dear call there, so an id that is known saves it.
/// </summary>
internal sealed class PipedriveDirectory(CustomersOptions options, TimeProvider clock) : ICustomerDirectory, IDisposable
{
    private readonly VendorCalls _calls = new(
        DirectoryAnswers.Access(options, request =>
            request.Headers.TryAddWithoutValidation("x-api-token", options.Token)) with
        {
            Judge = reply => reply.Status is >= 400 and < 500 and not (404 or 408)
                ? new VendorFailure(reply.Said(reply.Body.Text("error")), reply.Status == 429, Wait(reply)) : null,
        }, clock);

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (await IdAsync(query, cancellationToken) is not { } id) return null;
        var answer = await _calls.GetAsync($"/api/v2/persons/{id}", cancellationToken);
        return DirectoryAnswers.Reply(answer) is { Body: var found } && found.At("data").Id("id") is not null
            ? DirectoryAnswers.Record(id, found.At("data"), options)
            : null;
    }

    public void Dispose() => _calls.Dispose();

    private async Task<string?> IdAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (DirectoryQuery.Email(query) is not { } email)
            return query.Id is { Length: > 0 and <= 18 } id && id.All(char.IsAsciiDigit) ? id : null;
        var answer = await _calls.GetAsync(
            $"/api/v2/persons/search?term={Uri.EscapeDataString(email)}&fields=email&exact_match=true&limit=10",
            cancellationToken);
        // The search may be kinder than it says: only the very address counts.
        return DirectoryAnswers.Reply(answer) is { Body: var found }
            ? found.Items("data", "items").Select(hit => hit.At("item"))
                .FirstOrDefault(person => person.Items("emails")
                    .Any(e => string.Equals(e.Text(), email, StringComparison.OrdinalIgnoreCase))).Id("id")
            : null;
    }

    /// <summary>Until the burst is over, or, when the day's budget is used up, for long.</summary>
    private static TimeSpan? Wait(VendorReply reply) =>
        reply.Status != 429 ? null
        : reply.Number("x-daily-ratelimit-token-remaining") == 0 ? TimeSpan.FromHours(1)
        : reply.Number("x-ratelimit-reset") is { } seconds and > 0 and < 3_600 ? TimeSpan.FromSeconds(seconds) : null;
}
