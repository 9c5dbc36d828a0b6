using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Operations.Vendors;

namespace Baton.Customers.Shopify;

/// <summary>
/// Customers of a shop and their last orders (GraphQL Admin API 2026-10, shopify.dev). The tier follows from the number
/// of orders. A throttled query says so in a 200.
/// </summary>
internal sealed class ShopifyDirectory(CustomersOptions options, TimeProvider clock) : ICustomerDirectory, IDisposable
{
    private const string Path = "/admin/api/2026-10/graphql.json";

    private const string Customer = """
        query($email: String!) {
          customerByIdentifier(identifier: { emailAddress: $email }) { id numberOfOrders }
        }
        """;

    private const string Orders = """
        query($of: String!) {
          orders(first: 3, query: $of, sortKey: CREATED_AT, reverse: true) {
            nodes { name createdAt cancelledAt displayFinancialStatus displayFulfillmentStatus }
          }
        }
        """;

    private readonly VendorCalls _calls = new(
        DirectoryAnswers.Access(options, request =>
            request.Headers.TryAddWithoutValidation("X-Shopify-Access-Token", options.Token)) with { Judge = Judge },
        clock);

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (DirectoryQuery.Email(query) is not { } email) return null;
        var found = await AskAsync(Customer, "email", email, cancellationToken);
        var customer = found?.Body.At("data", "customerByIdentifier") ?? default;
        if (customer.Text("id") is not { } id || id[(id.LastIndexOf('/') + 1)..] is not { Length: > 0 } number
            || !number.All(char.IsAsciiDigit)) return null;
        var count = long.TryParse(customer.Id("numberOfOrders"), out var n) ? n : 0;
        var account = new Dictionary<string, string> { ["orders"] = count.ToString(CultureInfo.InvariantCulture) };
        var orders = count == 0 ? null : await AskAsync(Orders, "of", $"customer_id:{number}", cancellationToken);
        var place = 0;
        foreach (var order in orders?.Body.Items("data", "orders", "nodes") ?? [])
            if (order.Text("name") is { } name)
                account[place++ == 0 ? "last order" : $"order {place}"] = string.Join(' ', ((string?[])
                [
                    name, order.Time("createdAt")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    order.Text("cancelledAt") is null ? order.Text("displayFulfillmentStatus") : "CANCELLED",
                    order.Text("displayFinancialStatus"),
                ]).OfType<string>());
        return new CustomerRecord(number, Tier(count), null, account);
    }

    public void Dispose() => _calls.Dispose();

    private async Task<VendorReply?> AskAsync(
        string query, string name, string value, CancellationToken cancellationToken) =>
        DirectoryAnswers.Reply(await _calls.SendAsync(HttpMethod.Post, Path, new JsonObject
        {
            ["query"] = query, ["variables"] = new JsonObject { [name] = value },
        }, cancellationToken));

    /// <summary>The tier with the highest number of orders that is reached; empty below all of them.</summary>
    private string Tier(long orders) => NameMap.Read(options.Tier)
        .Where(t => orders >= int.Parse(t.Value, CultureInfo.InvariantCulture))
        .OrderByDescending(t => int.Parse(t.Value, CultureInfo.InvariantCulture)).Select(t => t.Key).FirstOrDefault("");

    private static VendorFailure? Judge(VendorReply reply)
    {
        var error = reply.Body.Items("errors").FirstOrDefault();
        if (error.Text("extensions", "code") == "THROTTLED" || reply.Status == 429)
        {
            var cost = reply.Body.At("extensions", "cost");
            var lacking = cost.Number("requestedQueryCost") - cost.Number("throttleStatus", "currentlyAvailable");
            var wait = lacking / cost.Number("throttleStatus", "restoreRate");
            return new VendorFailure("throttled", true,
                TimeSpan.FromSeconds(wait is { } s and > 1 and < 600 ? s : 1));
        }
        // Data beside an error is data: a field that is not approved comes as null.
        return error.Text("message") is { } message
            && reply.Body.At("data").ValueKind != System.Text.Json.JsonValueKind.Object
            ? new VendorFailure(reply.Said(error.Text("extensions", "code") ?? message),
                error.Text("extensions", "code") == "INTERNAL_SERVER_ERROR") : null;
    }
}
