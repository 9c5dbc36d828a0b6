using System.Text.Json.Nodes;

namespace Baton.Server.Demo;

/// <summary>
/// A small order system with deterministic sample orders, for demos: <c>NW-10001</c> to <c>NW-10060</c> exist, and each
/// always looks the same relative to today.
/// </summary>
internal static class DemoOrders
{
    private const int First = 10001;
    private const int Last = 10060;

    private static readonly string[] Statuses = ["processing", "shipped", "out for delivery", "delivered", "returned"];
    private static readonly string[] Carriers = ["UPS", "FedEx", "USPS"];
    private static readonly string[] Items =
    [
        "Ridgeline 2 tent", "Alpine down jacket", "Switchback hiking boots", "Creekside cook set", "Basecamp 65 pack",
        "Granite trekking poles", "Lakeshore kayak vest", "Summit headlamp",
    ];

    /// <summary>The order of that number, or null.</summary>
    public static JsonObject? Find(string id, DateTimeOffset now)
    {
        var digits = id.AsSpan().TrimStart("NWnw-");
        if (!int.TryParse(digits, out var number) || number is < First or > Last) return null;
        var status = Statuses[number % Statuses.Length];
        var placed = now.Date.AddDays(-2 - number % 9);
        var shipped = status == "processing" ? (DateTime?)null : placed.AddDays(1);
        var order = new JsonObject
        {
            ["id"] = $"NW-{number}",
            ["status"] = status,
            ["placed_on"] = Day(placed),
            ["total"] = 40 + number * 37 % 700,
            ["currency"] = "USD",
            ["items"] = new JsonArray(Items[number % Items.Length], Items[number * 3 % Items.Length]),
            ["expected_on"] = status is "processing" or "shipped" or "out for delivery" ? Day(placed.AddDays(6)) : null,
            ["delivered_on"] = status is "delivered" or "returned" ? Day(placed.AddDays(2)) : null,
        };
        if (shipped is not null)
        {
            order["shipped_on"] = Day(shipped.Value);
            order["carrier"] = Carriers[number % Carriers.Length];
            order["tracking"] = $"1Z{number * 7919L:D10}";
        }
        if (status == "returned")
            order["refund"] = new JsonObject
            {
                ["status"] = "issued", ["amount"] = 40 + number * 37 % 700, ["issued_on"] = Day(now.Date.AddDays(-1)),
            };
        return new JsonObject { ["order"] = order };
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd");
}
