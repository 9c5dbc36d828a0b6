using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools;

/// <summary>Makes the inputs of a call out of what is known, and holds them against the tool's schema.</summary>
internal static class ToolInputs
{
    /// <summary>Longest text of an input, characters: an order number, an address, a reason.</summary>
    private const int MostCharacters = 512;

    /// <summary>Longest that a <c>maxLength</c> can allow, characters: a summary for a person.</summary>
    private const int MostAllowed = 4_096;

    /// <summary>Longest text of one input, characters: what its schema says, else what all may have.</summary>
    public static int Most(JsonNode? property) =>
        (property as JsonObject)?["maxLength"] is JsonValue stated && stated.TryGetValue<decimal>(out var most)
            ? (int)Math.Clamp(most, 0, MostAllowed) : MostCharacters;

    /// <summary>The fields that the tool takes, and who asks where the tool wants to know and it is verified.</summary>
    public static Dictionary<string, string> Of(
        Tool tool, IEnumerable<string> names, IReadOnlyDictionary<string, string> fields, Identity identity)
    {
        var inputs = names.Where(fields.ContainsKey).ToDictionary(name => name, name => fields[name]);
        foreach (var (name, property) in Properties(tool))
        {
            if (From(property) is not { } source) continue;
            // Whatever a sender wrote under this name is not who asks.
            inputs.Remove(name);
            if (identity is Identity.Verified && ValueOf(identity, source) is { } value) inputs[name] = value;
        }
        return inputs;
    }

    /// <summary>The input that does not fit and why, or null when all fit.</summary>
    public static (string Input, string Why)? Problem(Tool tool, IReadOnlyDictionary<string, string> inputs) =>
        ToolSchemas.InputProblem(tool, ToJson(tool, inputs));

    /// <summary>The inputs as the schema types them: a tool that counts gets a number.</summary>
    public static JsonObject ToJson(Tool tool, IReadOnlyDictionary<string, string> inputs)
    {
        var types = Properties(tool).ToDictionary(p => p.Key, p => (p.Value as JsonObject)?["type"]?.ToString());
        return new JsonObject(
            inputs.Select(i => KeyValuePair.Create(i.Key, Typed(i.Value, types.GetValueOrDefault(i.Key)))));
    }

    private static JsonNode? Typed(string value, string? type) => type switch
    {
        "integer" when long.TryParse(
            value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        "number" when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number,
        "boolean" when bool.TryParse(value, out var flag) => flag,
        _ => value,
    };

    private static JsonObject Properties(Tool tool) => tool.InputSchema["properties"] as JsonObject ?? [];

    private static string? From(JsonNode? property) => (property as JsonObject)?["from"]?.ToString();

    private static string? ValueOf(Identity identity, string source) => source switch
    {
        "customer.id" => identity.CustomerId,
        "customer.email" => identity.Email,
        _ => null,
    };
}
