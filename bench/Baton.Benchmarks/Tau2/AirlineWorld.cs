using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2;

/// <summary>The airline of tau2.</summary>
internal sealed class AirlineWorld(string data) : TauWorld("airline", data)
{
    private Dictionary<string, JsonObject> _reservations = [], _users = [], _flights = [];

    public override DateTimeOffset Now { get; } = new(2024, 5, 15, 15, 0, 0, TimeSpan.Zero);

    public override void Reset()
    {
        _reservations = TauData.Table(Path.Combine(Folder, "airline_db_reservations.jsonl"));
        if (_users.Count > 0) return;
        _users = TauData.Table(Path.Combine(Folder, "airline_db_users.jsonl"));
        _flights = TauData.Table(Path.Combine(Folder, "airline_db_flights.jsonl"));
    }

    public JsonObject? Reservation(JsonNode? id) => _reservations.GetValueOrDefault(Text(id));

    public JsonObject? User(JsonNode? id) => _users.GetValueOrDefault(Text(id));

    /// <summary>A flight of a day; null when there is none.</summary>
    public JsonObject? Flight(JsonNode? leg) =>
        _flights.GetValueOrDefault(Text(leg?["flight_number"]))?["dates"]?[Text(leg?["date"])] as JsonObject;

    public string Origin(JsonNode? leg) => Text(_flights.GetValueOrDefault(Text(leg?["flight_number"]))?["origin"]);

    public string Destination(JsonNode? leg) =>
        Text(_flights.GetValueOrDefault(Text(leg?["flight_number"]))?["destination"]);

    public override JsonNode? Read(string tool, JsonObject inputs) => tool switch
    {
        "get_user_details" => User(inputs["user_id"]),
        "get_reservation_details" => Reservation(inputs["reservation_id"]),
        "get_flight_status" => Flight(inputs)?["status"]?.DeepClone(),
        "list_all_airports" => new JsonArray(
            [.. _flights.Values.Select(f => Text(f["origin"])).Distinct().Order().Select(a => (JsonNode?)a)]),
        "search_direct_flight" => Listed(
            Flights(Text(inputs["origin"]), Text(inputs["date"]))
                .Where(f => Text(f["destination"]) == Text(inputs["destination"]))),
        "search_onestop_flight" => Listed(
            from first in Flights(Text(inputs["origin"]), Text(inputs["date"]))
            from second in Flights(Text(first["destination"]), Text(inputs["date"]))
            where Text(second["destination"]) == Text(inputs["destination"])
                && string.CompareOrdinal(Text(second["departs"]), Text(first["arrives"])) > 0
            select new JsonObject { ["first"] = first.DeepClone(), ["second"] = second.DeepClone() }),
        _ => base.Read(tool, inputs),
    };

    private static JsonArray Listed(IEnumerable<JsonObject> found) =>
        new([.. found.Take(40).Select(f => (JsonNode?)f)]);

    /// <summary>Flights from a place on a day that still have seats.</summary>
    private IEnumerable<JsonObject> Flights(string origin, string date) =>
        from flight in _flights.Values
        where Text(flight["origin"]) == origin && Text(flight["dates"]?[date]?["status"]) == "available"
        select new JsonObject
        {
            ["flight_number"] = Text(flight["flight_number"]), ["origin"] = origin,
            ["destination"] = Text(flight["destination"]), ["date"] = date,
            ["departs"] = Text(flight["scheduled_departure_time_est"]),
            ["arrives"] = Text(flight["scheduled_arrival_time_est"]),
            ["available_seats"] = flight["dates"]![date]!["available_seats"]!.DeepClone(),
            ["prices"] = flight["dates"]![date]!["prices"]!.DeepClone(),
        };

    public override JsonObject Review(string lookup, JsonObject inputs) => lookup switch
    {
        "review_booking" => Booking(inputs),
        "review_certificate" => Gesture(inputs),
        _ when Reservation(inputs["reservation_id"]) is { } reservation => Reservation(reservation, inputs),
        _ => [],
    };

    public override void Apply(TauCall call)
    {
        if (Reservation(call.Inputs["reservation_id"]) is not { } reservation) return;
        switch (call.Tool)
        {
            case "cancel_reservation": reservation["status"] = "cancelled"; break;
            case "update_reservation_flights":
                reservation["cabin"] = call.Inputs["cabin"]!.DeepClone();
                reservation["flights"] = call.Inputs["flights"]!.DeepClone();
                break;
            case "update_reservation_baggages":
                reservation["total_baggages"] = call.Inputs["total_baggages"]!.DeepClone();
                break;
        }
    }

    public static int FreeBags(string membership, string cabin) =>
        (membership switch { "gold" => 2, "silver" => 1, _ => 0 }) + (cabin switch
        {
            "business" => 2, "economy" => 1, _ => 0,
        });

    private JsonObject Reservation(JsonObject reservation, JsonObject inputs)
    {
        var user = User(reservation["user_id"]);
        var legs = reservation["flights"]!.AsArray();
        var payment = user?["payment_methods"]?[Text(inputs["payment_id"])];
        var passengers = reservation["passengers"]!.AsArray().Count;
        var review = new JsonObject
        {
            ["cabin"] = Text(reservation["cabin"]), ["insurance"] = Text(reservation["insurance"]),
            ["created_at"] = Text(reservation["created_at"]), ["passengers"] = passengers,
            ["status"] = Text(reservation["status"]) == "cancelled" ? "cancelled" : "active",
            ["flown"] = legs.Count(l => Text(Flight(l)?["status"]) is "landed" or "flying"),
            ["cancelled_by_airline"] = legs.Count(l => Text(Flight(l)?["status"]) == "cancelled"),
            ["bags"] = Number(reservation["total_baggages"]), ["payment_known"] = payment is null ? 0 : 1,
            ["payment_kind"] = Text(payment?["source"]),
            ["nonfree_due"] = Math.Max(0, Number(inputs["total_baggages"])
                - (passengers * FreeBags(Text(user?["membership"]), Text(reservation["cabin"])))),
        };
        if (inputs["flights"] is JsonArray { Count: > 0 } wanted) Compare(review, reservation, wanted, inputs);
        return review;
    }

    private void Compare(JsonObject review, JsonObject reservation, JsonArray wanted, JsonObject inputs)
    {
        var before = reservation["flights"]!.AsArray().Select(Name).ToHashSet();
        var (last, outward) = (Destination(wanted[^1]), wanted.Select(Destination).ToList());
        var sameWay = Text(reservation["flight_type"]) == "one_way"
            ? last == Text(reservation["destination"])
            : last == Text(reservation["origin"]) && outward.Contains(Text(reservation["destination"]));
        review["flights_changed"] = before.SetEquals(wanted.Select(Name)) ? 0 : 1;
        review["cabin_changed"] = Text(inputs["cabin"]) == Text(reservation["cabin"]) ? 0 : 1;
        review["route_changed"] = sameWay && Origin(wanted[0]) == Text(reservation["origin"]) ? 0 : 1;
        review["unavailable"] = wanted.Count(
            l => !before.Contains(Name(l)) && Text(Flight(l)?["status"]) != "available");
    }

    private JsonObject Booking(JsonObject inputs)
    {
        if (User(inputs["user_id"]) is not { } user) return [];
        var (cabin, people) = (Text(inputs["cabin"]), (inputs["passengers"] as JsonArray)?.Count ?? 0);
        var legs = inputs["flights"] as JsonArray ?? [];
        var kinds = (inputs["payment_methods"] as JsonArray ?? [])
            .Select(p => Text(user["payment_methods"]?[Text(p?["payment_id"])]?["source"])).ToList();
        return new JsonObject
        {
            ["payments_unknown"] = kinds.Count(k => k.Length == 0),
            ["certificates"] = kinds.Count(k => k == "certificate"),
            ["credit_cards"] = kinds.Count(k => k == "credit_card"),
            ["gift_cards"] = kinds.Count(k => k == "gift_card"),
            ["nonfree_due"] = Math.Max(0, Number(inputs["total_baggages"])
                - (people * FreeBags(Text(user["membership"]), cabin))),
            ["unavailable"] = legs.Count(l => Text(Flight(l)?["status"]) != "available"
                || Number(Flight(l)?["available_seats"]?[cabin]) < people),
            ["price"] = legs.Sum(l => Number(Flight(l)?["prices"]?[cabin])) * people
                + (50 * Number(inputs["nonfree_baggages"])) + (Text(inputs["insurance"]) == "yes" ? 30 * people : 0),
        };
    }

    /// <summary>The most that the policy's gestures give this customer, over all reservations.</summary>
    private JsonObject Gesture(JsonObject inputs)
    {
        if (User(inputs["user_id"]) is not { } user) return [];
        var (eligible, most) = (Text(user["membership"]) is "silver" or "gold", 0);
        foreach (var reservation in user["reservations"]!.AsArray().Select(Reservation).OfType<JsonObject>())
        {
            eligible |= Text(reservation["insurance"]) == "yes" || Text(reservation["cabin"]) == "business";
            var states = reservation["flights"]!.AsArray().Select(l => Text(Flight(l)?["status"])).ToList();
            var each = states.Contains("cancelled") ? 100 : states.Contains("delayed") ? 50 : 0;
            most = Math.Max(most, each * reservation["passengers"]!.AsArray().Count);
        }
        return new JsonObject { ["eligible"] = eligible ? 1 : 0, ["most"] = most };
    }

    private static string Name(JsonNode? leg) => $"{leg?["flight_number"]} {leg?["date"]}";
}
