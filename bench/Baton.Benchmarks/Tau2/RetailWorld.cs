using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2;

/// <summary>The shop of tau2.</summary>
internal sealed class RetailWorld(string data) : TauWorld("retail", data)
{
    private readonly Dictionary<string, JsonObject> _items = [];
    private Dictionary<string, JsonObject> _orders = [], _users = [], _products = [];

    public override DateTimeOffset Now { get; } = new(2024, 5, 15, 15, 0, 0, TimeSpan.Zero);

    public override void Reset()
    {
        _orders = TauData.Table(Path.Combine(Folder, "retail_db_orders.jsonl"));
        if (_users.Count > 0) return;
        _users = TauData.Table(Path.Combine(Folder, "retail_db_users.jsonl"));
        _products = TauData.Table(Path.Combine(Folder, "retail_db_products.jsonl"));
        foreach (var (id, product) in _products)
            foreach (var (item, variant) in product["variants"]!.AsObject())
            {
                _items[item] = variant!.DeepClone().AsObject();
                _items[item]["product_id"] = id;
            }
    }

    public override JsonNode? Read(string tool, JsonObject inputs) => tool switch
    {
        "get_order_details" => _orders.GetValueOrDefault(Text(inputs["order_id"])),
        "get_user_details" => _users.GetValueOrDefault(Text(inputs["user_id"])),
        "get_product_details" => _products.GetValueOrDefault(Text(inputs["product_id"])),
        "get_item_details" => _items.GetValueOrDefault(Text(inputs["item_id"])),
        "list_all_product_types" => new JsonObject(_products.Select(
            p => KeyValuePair.Create(Text(p.Value["name"]), (JsonNode?)p.Key)).DistinctBy(p => p.Key)),
        "find_user_id_by_email" => Found(u => Same(u["email"], inputs["email"])),
        "find_user_id_by_name_zip" => Found(u => Same(u["name"]?["first_name"], inputs["first_name"])
            && Same(u["name"]?["last_name"], inputs["last_name"]) && Same(u["address"]?["zip"], inputs["zip"])),
        _ => base.Read(tool, inputs),
    };

    private JsonNode? Found(Func<JsonObject, bool> fits) => _users.FirstOrDefault(u => fits(u.Value)).Key;

    private static bool Same(JsonNode? one, JsonNode? other) =>
        string.Equals(Text(one), Text(other), StringComparison.OrdinalIgnoreCase);

    public override JsonObject Review(string lookup, JsonObject inputs)
    {
        if (lookup == "review_account")
            return new JsonObject { ["known"] = _users.ContainsKey(Text(inputs["user_id"])) ? 1 : 0 };
        if (_orders.GetValueOrDefault(Text(inputs["order_id"])) is not { } order) return [];
        var user = _users.GetValueOrDefault(Text(order["user_id"]));
        var payment = user?["payment_methods"]?[Text(inputs["payment_method_id"])];
        var (old, now) = (Ids(inputs["item_ids"]), Ids(inputs["new_item_ids"]));
        var difference = now.Sum(Price) - old.Sum(i => Number(InOrder(order, i)?["price"]));
        if (lookup == "review_payment")
            difference = order["payment_history"]!.AsArray().Sum(p => Number(p?["amount"]));
        return new JsonObject
        {
            ["status"] = Text(order["status"]), ["items_missing"] = Missing(order, old),
            ["items_unlike"] = old.Count != now.Count ? Math.Abs(old.Count - now.Count) : old.Zip(now)
                .Count(p => Text(InOrder(order, p.First)?["product_id"])
                    != Text(_items.GetValueOrDefault(p.Second)?["product_id"])),
            ["items_unavailable"] = now.Count(i => Text(_items.GetValueOrDefault(i)?["available"]) != "true"),
            ["payment_known"] = payment is null ? 0 : 1, ["payment_kind"] = Text(payment?["source"]),
            ["payment_original"] = Text(order["payment_history"]?[0]?["payment_method_id"])
                == Text(inputs["payment_method_id"]) ? 1 : 0,
            ["payment_short"] = Text(payment?["source"]) == "gift_card" && Number(payment?["balance"]) < difference
                ? 1 : 0,
        };
    }

    public override void Apply(TauCall call)
    {
        if (_orders.GetValueOrDefault(Text(call.Inputs["order_id"])) is not { } order) return;
        order["status"] = call.Tool switch
        {
            "cancel_pending_order" => "cancelled",
            "modify_pending_order_items" => "pending (item modified)",
            "return_delivered_order_items" => "return requested",
            "exchange_delivered_order_items" => "exchange requested",
            _ => Text(order["status"]),
        };
    }

    private static List<string> Ids(JsonNode? list) => [.. (list as JsonArray ?? []).Select(Text)];

    /// <summary>An item that is asked for twice has to be there twice.</summary>
    private static int Missing(JsonObject order, List<string> ids) => ids.GroupBy(i => i).Count(
        g => order["items"]!.AsArray().Count(i => Text(i?["item_id"]) == g.Key) < g.Count());

    private static JsonNode? InOrder(JsonObject order, string id) =>
        order["items"]!.AsArray().FirstOrDefault(i => Text(i?["item_id"]) == id);

    private decimal Price(string id) => Number(_items.GetValueOrDefault(id)?["price"]);
}
