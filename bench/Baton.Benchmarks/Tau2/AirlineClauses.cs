using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Benchmarks.Tau2;

/// <summary>
/// What the airline's written policy says to a call, read from the records by hand and apart from the playbook: the
/// measure against which the authority is held. It knows more than look-ups do: whether the customer said yes.
/// </summary>
internal static partial class AirlineClauses
{
    public static readonly IReadOnlyList<string> Effects =
    [
        "cancel_reservation", "update_reservation_flights", "update_reservation_baggages",
        "update_reservation_passengers", "book_reservation", "send_certificate",
    ];

    /// <summary>Clauses that the call breaks, in the policy's order; empty when none.</summary>
    public static IReadOnlyList<string> Broken(AirlineWorld world, TauCall call)
    {
        List<string> broken = [];
        if (!Yes().IsMatch(call.LastWords)) broken.Add("no explicit yes before the change");
        var inputs = call.Inputs;
        if (call.Tool is "book_reservation") Booking(world, inputs, broken);
        else if (call.Tool is "send_certificate") Gesture(world, inputs, broken);
        else if (world.Reservation(inputs["reservation_id"]) is { } reservation)
            Changing(world, call, reservation, broken);
        else broken.Add("no such reservation");
        return broken;
    }

    private static void Changing(AirlineWorld world, TauCall call, JsonObject reservation, List<string> broken)
    {
        var user = world.User(reservation["user_id"])!;
        var legs = reservation["flights"]!.AsArray();
        var flown = legs.Any(l => world.Flight(l)?["status"]?.ToString() is "landed" or "flying");
        switch (call.Tool)
        {
            case "cancel_reservation":
                var age = world.Now - DateTimeOffset.Parse(
                    reservation["created_at"]! + "Z", System.Globalization.CultureInfo.InvariantCulture);
                if (flown) broken.Add("cancel: a part was flown");
                if (age > TimeSpan.FromHours(24) && reservation["cabin"]!.ToString() != "business"
                    && reservation["insurance"]!.ToString() != "yes"
                    && !legs.Any(l => world.Flight(l)?["status"]?.ToString() == "cancelled"))
                    broken.Add("cancel: none of the four reasons");
                break;
            case "update_reservation_flights":
                Flights(world, call.Inputs, reservation, flown, broken);
                Payment(user, call.Inputs, broken, kinds: ["credit_card", "gift_card"]);
                break;
            case "update_reservation_baggages":
                var (bags, nonfree) = (Whole(call.Inputs["total_baggages"]), Whole(call.Inputs["nonfree_baggages"]));
                if (bags < Whole(reservation["total_baggages"])) broken.Add("baggage: bags removed");
                var free = reservation["passengers"]!.AsArray().Count * AirlineWorld.FreeBags(
                    user["membership"]!.ToString(), reservation["cabin"]!.ToString());
                if (nonfree != Math.Max(0, bags - free)) broken.Add("baggage: extra bags not charged as due");
                Payment(user, call.Inputs, broken, kinds: null);
                break;
            default:
                if (call.Inputs["passengers"]!.AsArray().Count != reservation["passengers"]!.AsArray().Count)
                    broken.Add("passengers: their number changed");
                break;
        }
    }

    private static void Flights(
        AirlineWorld world, JsonObject inputs, JsonObject reservation, bool flown, List<string> broken)
    {
        string[] Named(JsonNode list) =>
            [.. list.AsArray().Select(l => $"{l!["flight_number"]} {l["date"]}").Order(StringComparer.Ordinal)];
        var wanted = inputs["flights"]!.AsArray();
        var other = !Named(wanted).SequenceEqual(Named(reservation["flights"]!));
        if (other && reservation["cabin"]!.ToString() == "basic_economy")
            broken.Add("change: basic economy flights");
        if (flown && inputs["cabin"]!.ToString() != reservation["cabin"]!.ToString())
            broken.Add("change: cabin after departure");
        var (origin, destination) = (reservation["origin"]!.ToString(), reservation["destination"]!.ToString());
        var ends = reservation["flight_type"]!.ToString() == "one_way" ? destination : origin;
        if (wanted.Count == 0 || world.Origin(wanted[0]) != origin || world.Destination(wanted[^1]) != ends
            || !wanted.Any(l => world.Destination(l) == destination))
            broken.Add("change: origin, destination or trip type");
    }

    private static void Booking(AirlineWorld world, JsonObject inputs, List<string> broken)
    {
        if (world.User(inputs["user_id"]) is not { } user)
        {
            broken.Add("no such customer");
            return;
        }
        var kinds = inputs["payment_methods"]!.AsArray()
            .Select(p => user["payment_methods"]![p!["payment_id"]!.ToString()]?["source"]?.ToString()).ToList();
        if (kinds.Contains(null)) broken.Add("payment: not in the profile");
        if (kinds.Count(k => k == "certificate") > 1) broken.Add("booking: more than one certificate");
        if (kinds.Count(k => k == "credit_card") > 1) broken.Add("booking: more than one card");
        if (kinds.Count(k => k == "gift_card") > 3) broken.Add("booking: more than three gift cards");
        var people = inputs["passengers"]!.AsArray().Count;
        if (people > 5) broken.Add("booking: more than five passengers");
        var free = people * AirlineWorld.FreeBags(user["membership"]!.ToString(), inputs["cabin"]!.ToString());
        if (Whole(inputs["nonfree_baggages"]) != Math.Max(0, Whole(inputs["total_baggages"]) - free))
            broken.Add("baggage: extra bags not charged as due");
    }

    private static void Gesture(AirlineWorld world, JsonObject inputs, List<string> broken)
    {
        var user = world.User(inputs["user_id"]);
        var trips = (user?["reservations"] as JsonArray ?? []).Select(world.Reservation).OfType<JsonObject>().ToList();
        var may = user?["membership"]?.ToString() is "silver" or "gold"
            || trips.Any(r => r["insurance"]!.ToString() == "yes" || r["cabin"]!.ToString() == "business");
        if (!may) broken.Add("compensation: regular member without insurance in economy");
        var amount = (int)double.Parse(inputs["amount"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        if (!trips.Any(r => (r["flights"]!.AsArray().Any(l => world.Flight(l)?["status"]?.ToString() == "cancelled")
                && amount <= 100 * r["passengers"]!.AsArray().Count)
            || (r["flights"]!.AsArray().Any(l => world.Flight(l)?["status"]?.ToString() == "delayed")
                && amount <= 50 * r["passengers"]!.AsArray().Count)))
            broken.Add("compensation: for no cancelled or delayed flight, or more than the rule");
    }

    private static void Payment(JsonObject user, JsonObject inputs, List<string> broken, string[]? kinds)
    {
        var kind = user["payment_methods"]![inputs["payment_id"]!.ToString()]?["source"]?.ToString();
        if (kind is null) broken.Add("payment: not in the profile");
        else if (kinds?.Contains(kind) == false) broken.Add("change: paid with a certificate");
    }

    private static int Whole(JsonNode? node) => node is null ? 0 : int.Parse(node.ToString());

    [GeneratedRegex(
        @"\b(yes|confirm|proceed|go ahead|sure|correct|please do|okay|ok|that works|sounds good|looks good|perfect)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Yes();
}
