namespace Baton.Testing.Commerce;

/// <summary>
/// The sample shop's orders before anything was done to them: <c>NW-10001</c> to <c>NW-10060</c> exist, and each always
/// looks the same relative to today.
/// </summary>
public static class SampleOrders
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

    /// <summary>A customer who can log in at the demo's shop, and an order of theirs.</summary>
    public static (string Email, int Order) Customer => (OwnerOf(CustomersOrder), CustomersOrder);

    /// <summary>Numbers of all orders.</summary>
    public static IEnumerable<int> Numbers => Enumerable.Range(First, Last - First + 1);

    /// <summary>The e-mail address that stands on the order.</summary>
    public static string OwnerOf(int number) => $"{Owners[number % Owners.Length]}@example.com";

    /// <summary>Refunds of 90 days before the demo began: one customer collects them.</summary>
    public static int EarlierRefundsOf(string email) => email.StartsWith("sam.whitlock@", StringComparison.Ordinal)
        ? 4 : 0;

    /// <summary>The number in an order's id, or null where there is no such order.</summary>
    internal static int? NumberOf(string id) => int.TryParse(id.AsSpan().TrimStart("NWnw-"), out var number)
        && number is >= First and <= Last ? number : null;

    /// <summary>The order of that number.</summary>
    internal static SampleOrder Of(int number, DateTimeOffset now)
    {
        var status = StatusOf(number);
        var placed = DateOnly.FromDateTime(now.Date.AddDays(-AgeInDays(number, status)));
        var arrived = status is "delivered" or "returned";
        return new SampleOrder($"NW-{number}", OwnerOf(number), status, placed, TotalOf(number) * 100L)
        {
            Items = [Items[number % Items.Length], Items[number * 3 % Items.Length]],
            Expected = arrived ? null : placed.AddDays(6),
            Delivered = arrived ? placed.AddDays(4) : null,
            Shipped = status == "processing" ? null : placed.AddDays(1),
            Carrier = status == "processing" ? null : Carriers[number % Carriers.Length],
            Tracking = status == "processing" ? null : $"1Z{number * 7919L:D10}",
            Returned = status == "returned" ? DateOnly.FromDateTime(now.Date.AddDays(-1)) : null,
            FinalSale = number % 12 == 1,
        };
    }

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
}

/// <summary>One of them.</summary>
internal sealed record SampleOrder(string Id, string Email, string Status, DateOnly Placed, long Cents)
{
    public required IReadOnlyList<string> Items { get; init; }

    public DateOnly? Expected { get; init; }

    public DateOnly? Shipped { get; init; }

    public DateOnly? Delivered { get; init; }

    public DateOnly? Returned { get; init; }

    public string? Carrier { get; init; }

    public string? Tracking { get; init; }

    public bool FinalSale { get; init; }
}
