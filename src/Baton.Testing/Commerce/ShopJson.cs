using System.Text.Json.Nodes;

namespace Baton.Testing.Commerce;

/// <summary>How the shop writes what it knows: amounts with two decimals, days as <c>2026-11-30</c>.</summary>
internal static class ShopJson
{
    /// <summary>An order with what was done to it.</summary>
    /// <param name="done">Effects that stand, oldest first.</param>
    public static JsonObject Order(SampleOrder order, IReadOnlyList<ShopEffect> done)
    {
        var refunds = done.Where(e => e.Kind == "refund").ToList();
        var cancelled = done.Any(e => e.Kind == "cancellation");
        var json = new JsonObject
        {
            ["id"] = order.Id, ["customer_email"] = order.Email,
            ["status"] = cancelled ? "cancelled" : order.Status,
            ["placed_on"] = Day(order.Placed), ["total"] = Money(order.Cents), ["currency"] = "USD",
            ["items"] = new JsonArray([.. order.Items.Select(i => JsonValue.Create(i))]),
            ["expected_on"] = cancelled ? null : Day(order.Expected), ["delivered_on"] = Day(order.Delivered),
            ["paid"] = Money(Paid(order)), ["refunded"] = Money(Refunded(order, refunds)),
            ["refundable"] = Money(Refundable(order, done)), ["final_sale"] = order.FinalSale,
        };
        if (order.Shipped is { } shipped)
        {
            json["shipped_on"] = Day(shipped);
            json["carrier"] = order.Carrier;
            json["tracking"] = order.Tracking;
        }
        if (order.Returned is { } returned) json["refund"] = Refund(order.Cents, Day(returned));
        else if (refunds is [.., var last])
            json["refund"] = Refund(refunds.Sum(r => r.Cents), Day(DateOnly.FromDateTime(last.At.UtcDateTime)));
        return new JsonObject { ["order"] = json };
    }

    /// <summary>An effect, as the answer to whoever asked for it.</summary>
    public static JsonObject Effect(ShopEffect effect) => new()
    {
        ["effect"] = new JsonObject
        {
            ["reference"] = effect.Reference, ["kind"] = effect.Kind, ["order_id"] = effect.OrderId,
            ["amount"] = Money(effect.Cents), ["currency"] = effect.Currency,
            ["status"] = effect.Undone ? "undone" : "done",
            ["on"] = Day(DateOnly.FromDateTime(effect.At.UtcDateTime)),
            ["arrives_by"] = effect.Cents == 0
                ? null : Day(DateOnly.FromDateTime(effect.At.UtcDateTime).AddDays(CardDays)),
        },
    };

    /// <summary>What may still be paid back.</summary>
    public static long Refundable(SampleOrder order, IReadOnlyList<ShopEffect> done) =>
        done.Any(e => e.Kind == "cancellation") ? 0
            : Math.Max(0, Paid(order) - Refunded(order, done.Where(e => e.Kind == "refund")));

    /// <summary>Hundredths as an amount with two decimals.</summary>
    public static JsonNode Money(long cents) => JsonValue.Create(cents / 100m + 0.00m);

    /// <summary>Longest time a card takes to book it: five business days.</summary>
    private const int CardDays = 7;

    /// <summary>A card is only authorized until the order ships.</summary>
    private static long Paid(SampleOrder order) => order.Status == "processing" ? 0 : order.Cents;

    private static long Refunded(SampleOrder order, IEnumerable<ShopEffect> refunds) =>
        (order.Returned is null ? 0 : order.Cents) + refunds.Sum(r => r.Cents);

    private static JsonObject Refund(long cents, string? on) =>
        new() { ["status"] = "issued", ["amount"] = Money(cents), ["issued_on"] = on };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd");
}
