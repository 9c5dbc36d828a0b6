using System.Text.Json.Nodes;

namespace Baton.Testing.StandIn;

/// <summary>Makes the simplest value that a JSON schema allows, for requests that no rule answers.</summary>
internal static class StandInSchema
{
    private const int MaxDepth = 16;

    /// <summary>First enum word, "n/a", least number, false, empty list, all properties.</summary>
    public static JsonNode Instance(JsonNode? schema) => Make(schema, schema, 0) ?? new JsonObject();

    private static JsonNode? Make(JsonNode? schema, JsonNode? root, int depth)
    {
        if (schema is not JsonObject rules || depth > MaxDepth) return new JsonObject();
        if (rules["$ref"] is { } reference) return Make(Resolve(root, (string)reference!), root, depth + 1);
        if (rules["const"] is { } constant) return constant.DeepClone();
        if (rules["enum"] is JsonArray { Count: > 0 } words) return words[0]?.DeepClone();
        if ((rules["anyOf"] ?? rules["oneOf"]) is JsonArray { Count: > 0 } any) return Make(any[0], root, depth + 1);
        return TypeOf(rules) switch
        {
            "string" => JsonValue.Create("n/a"),
            "integer" => JsonValue.Create((long?)rules["minimum"] ?? 0),
            "number" => JsonValue.Create((double?)rules["minimum"] ?? 0),
            "boolean" => JsonValue.Create(false),
            "null" => null,
            "array" => Items(rules, root, depth),
            _ => Properties(rules, root, depth),
        };
    }

    private static string? TypeOf(JsonObject rules) =>
        rules["type"] is JsonArray types ? (string?)types[0] : (string?)rules["type"];

    private static JsonArray Items(JsonObject rules, JsonNode? root, int depth)
    {
        var items = new JsonArray();
        for (var i = 0; i < ((int?)rules["minItems"] ?? 0); i++) items.Add(Make(rules["items"], root, depth + 1));
        return items;
    }

    private static JsonObject Properties(JsonObject rules, JsonNode? root, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in rules["properties"] as JsonObject ?? [])
            made[name] = Make(property, root, depth + 1);
        return made;
    }

    private static JsonNode? Resolve(JsonNode? root, string reference)
    {
        var node = root;
        foreach (var part in reference.Split('/').Skip(1)) node = node?[part];
        return node;
    }
}
