using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Playbooks.Acting;

/// <summary>
/// Reads values at dotted places such as <c>order.items.price</c>; a list on the way means each of it.
/// </summary>
internal static partial class FactPlace
{
    /// <summary>Larger numbers are no amounts and no counts; reckoning with them would overflow.</summary>
    private const double Largest = 1e15;

    public static bool IsOne(string text) => Shape().IsMatch(text);

    /// <summary>The value at a place as text; null when there is none, or more than one.</summary>
    public static string? Text(JsonObject data, string place) =>
        Values(data, place).Take(2).ToArray() is [var one] ? one : null;

    /// <summary>The node at a place, lists not entered.</summary>
    public static JsonNode? Node(JsonObject data, string place)
    {
        JsonNode? at = data;
        foreach (var name in place.Split('.')) at = (at as JsonObject)?[name];
        return at;
    }

    /// <summary>Every plain value at a place.</summary>
    public static IEnumerable<string> Values(JsonObject data, string place)
    {
        IEnumerable<JsonNode?> at = [data];
        foreach (var name in place.Split('.')) at = at.SelectMany(Each).Select(n => (n as JsonObject)?[name]);
        return at.SelectMany(Each).OfType<JsonValue>().Select(AsText).Where(t => t.Length > 0);
    }

    /// <summary>A number, NaN when the text is none or too large to reckon with.</summary>
    public static double Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= Largest ? number : double.NaN;

    /// <summary>A moment written in ISO 8601; a day without a time is its beginning in UTC.</summary>
    public static DateTimeOffset? Time(string? text) =>
        text is not null && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Whether two values are the same: numbers by their value, words without case.</summary>
    public static bool Same(string one, string other) =>
        decimal.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a == b
            : string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonNode?> Each(JsonNode? node) =>
        node is JsonArray list ? list.SelectMany(Each) : [node];

    private static string AsText(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.ToJsonString(),
        _ => "",
    };

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,63}(\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,7}\z")]
    private static partial Regex Shape();
}
