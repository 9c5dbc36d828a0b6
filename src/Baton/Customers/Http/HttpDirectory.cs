using System.Globalization;
using Baton.Operations.Vendors;
using Baton.Playbooks;
using Baton.Playbooks.Customers;

namespace Baton.Customers.Http;

/// <summary>Any directory that answers a GET with JSON: the request is the playbook's, <c>customers.yaml</c>.</summary>
/// <param name="secret">Reads a variable that a secret header names.</param>
internal sealed class HttpDirectory(
    PlaybookHost playbooks, CustomersOptions options, Func<string, string?> secret, TimeProvider clock)
    : ICustomerDirectory, IDisposable
{
    private readonly Lock _gate = new();
    private (HttpLookup Lookup, VendorCalls Calls)? _current;

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (playbooks.Current.Customers.Http is not { } lookup)
            throw new CustomerDirectoryException("customers.yaml of the playbook has no 'http'", isTransient: false);
        if (Filled(lookup.Url, query) is not { } address) return null;
        var answer = await Calls(lookup).SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
        if (DirectoryAnswers.Reply(answer)?.Body is not { } json
            || DirectoryAnswers.At(json, lookup.Id) is not { } id) return null;
        return new CustomerRecord(
            id, DirectoryAnswers.At(json, lookup.Tier) ?? "",
            lookup.RecentTickets is { } place && int.TryParse(
                DirectoryAnswers.At(json, place), NumberStyles.None, CultureInfo.InvariantCulture, out var recent)
                ? recent : null,
            DirectoryAnswers.Account(json, lookup.Account));
    }

    public void Dispose() => _current?.Calls.Dispose();

    /// <summary>A playbook that was changed has another address, or other headers.</summary>
    private VendorCalls Calls(HttpLookup lookup)
    {
        lock (_gate)
        {
            if (_current is { } now && ReferenceEquals(now.Lookup, lookup)) return now.Calls;
            var access = DirectoryAnswers.Access(options, request =>
            {
                foreach (var (name, variable) in lookup.SecretHeaders)
                    request.Headers.TryAddWithoutValidation(name, secret(variable) ?? "");
            });
            var calls = new VendorCalls(access with { Url = new Uri(Blank(lookup.Url)) }, clock);
            _current = (lookup, calls);
            return calls;
        }
    }

    /// <summary>Null when the customer has no value for one of the holes.</summary>
    private static string? Filled(string url, CustomerQuery query)
    {
        foreach (var (hole, value) in (
            (string, string?)[])[("{email}", DirectoryQuery.Email(query)), ("{id}", Id(query))])
        {
            if (!url.Contains(hole, StringComparison.Ordinal)) continue;
            if (value is null) return null;
            url = url.Replace(hole, Uri.EscapeDataString(value), StringComparison.Ordinal);
        }
        return url;
    }

    /// <summary>An id that could not be part of an address is nobody's.</summary>
    private static string? Id(CustomerQuery query) =>
        query.Id is { Length: > 0 and <= 200 } id && !id.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            && id.Trim() is not ("" or "." or "..") ? id : null;

    private static string Blank(string url) =>
        url.Replace("{email}", "x", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal);
}
