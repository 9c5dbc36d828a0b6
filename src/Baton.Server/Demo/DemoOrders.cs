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
    private const int CustomersOrder = 10027;

    private static readonly string[] Statuses = ["processing", "shipped", "out for delivery", "delivered", "returned"];
    private static readonly string[] Carriers = ["UPS", "FedEx", "USPS"];
    private static readonly string[] Items =
    [
        "Ridgeline 2 tent", "Alpine down jacket", "Switchback hiking boots", "Creekside cook set", "Basecamp 65 pack",
        "Granite trekking poles", "Lakeshore kayak vest", "Summit headlamp",
    ];

    private static readonly string[] Owners =
    [
        "robin.vale", "ellen.marsh", "tom.okafor", "ines.duarte", "sam.whitlock", "yuki.tanabe", "lena.brandt",
    ];

    /// <summary>The order of that number, or null.</summary>
    public static JsonObject? Find(string id, DateTimeOffset now)
    {
        var digits = id.AsSpan().TrimStart("NWnw-");
        if (!int.TryParse(digits, out var number) || number is < First or > Last) return null;
        var status = StatusOf(number);
        var placed = now.Date.AddDays(-AgeInDays(number, status));
        var arrived = status is "delivered" or "returned";
        var order = new JsonObject
        {
            ["id"] = $"NW-{number}",
            ["customer_email"] = OwnerOf(number),
            ["status"] = status,
            ["placed_on"] = Day(placed),
            ["total"] = TotalOf(number),
            ["currency"] = "USD",
            ["items"] = new JsonArray(Items[number % Items.Length], Items[number * 3 % Items.Length]),
            ["expected_on"] = arrived ? null : Day(placed.AddDays(6)),
            ["delivered_on"] = arrived ? Day(placed.AddDays(4)) : null,
        };
        if (status != "processing")
        {
            order["shipped_on"] = Day(placed.AddDays(1));
            order["carrier"] = Carriers[number % Carriers.Length];
            order["tracking"] = $"1Z{number * 7919L:D10}";
        }
        if (status == "returned")
            order["refund"] = new JsonObject
            {
                ["status"] = "issued", ["amount"] = TotalOf(number), ["issued_on"] = Day(now.Date.AddDays(-1)),
            };
        return new JsonObject { ["order"] = order };
    }

    /// <summary>A customer who can log in at the demo's shop, and an order of theirs.</summary>
    public static (string Email, int Order) Customer =>
        (OwnerOf(CustomersOrder), CustomersOrder);

    /// <summary>The e-mail address that stands on the order.</summary>
    public static string OwnerOf(int number) => $"{Owners[number % Owners.Length]}@example.com";

    /// <summary>Statuses take turns, except for orders that the sample tickets tell a story about.</summary>
    private static string StatusOf(int number) => number switch
    {
        10024 or 10026 or (>= 10041 and <= 10044) => "returned",
        10003 => "shipped",
        10039 => "out for delivery",
        _ => Statuses[number % Statuses.Length],
    };

    /// <summary>Two orders are worth more than the playbook's threshold of 500, all others less.</summary>
    private static int TotalOf(int number) => number switch
    {
        10006 => 1140,
        10034 => 640,
        _ => 40 + number * 37 % 450,
    };

    /// <summary>Old enough for what has happened to the order, so that no date contradicts another.</summary>
    private static int AgeInDays(int number, string status) => status switch
    {
        "processing" => 1 + number % 2,
        "shipped" => 2 + number % 3,
        "out for delivery" => 6,
        "delivered" => 5 + number % 9,
        _ => 14 + number % 9,
    };

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd");
}
