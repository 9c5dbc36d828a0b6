using System.Text.Json;

namespace Baton.Gateway.Chain;

/// <summary>
/// Checks a value against the part of JSON Schema that model providers accept: types, properties, required, enum,
/// const, items, bounds, anyOf, references into the same schema. Other keywords are not checked.
/// </summary>
internal static class JsonShape
{
    private const int MaxDepth = 64;

    /// <summary>What is wrong, with the path to it; null when nothing is.</summary>
    public static string? Problem(JsonElement value, JsonElement schema) => Check(value, schema, schema, "$", 0);

    private static string? Check(JsonElement value, JsonElement rules, JsonElement root, string path, int depth)
    {
        if (rules.ValueKind != JsonValueKind.Object) return null;
        if (depth > MaxDepth) return $"{path} is nested too deeply";
        if (rules.TryGetProperty("$ref", out var reference))
            return Check(value, Resolve(root, reference.GetString() ?? "#"), root, path, depth + 1);
        if (rules.TryGetProperty("anyOf", out var any) || rules.TryGetProperty("oneOf", out any))
        {
            var fits = any.EnumerateArray().Any(rule => Check(value, rule, root, path, depth + 1) is null);
            if (!fits) return $"{path} fits none of the allowed forms";
        }
        if (rules.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
            return $"{path} must be {only.GetRawText()}";
        if (rules.TryGetProperty("enum", out var words)
            && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
            return $"{path} must be one of {words.GetRawText()}";
        if (rules.TryGetProperty("type", out var type) && !HasType(value, type))
            return $"{path} must be of type {type.GetRawText()}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, rules, root, path, depth),
            JsonValueKind.Array => Items(value, rules, root, path, depth),
            JsonValueKind.Number => Bounds(value, rules, path),
            _ => null,
        };
    }

    private static string? Members(JsonElement value, JsonElement rules, JsonElement root, string path, int depth)
    {
        if (rules.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"{path}.{name.GetString()} is missing";
        }
        var known = rules.TryGetProperty("properties", out var properties);
        var closed = rules.TryGetProperty("additionalProperties", out var more)
            && more.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var rule))
            {
                if (Check(member.Value, rule, root, $"{path}.{member.Name}", depth + 1) is { } problem) return problem;
            }
            else if (closed)
            {
                return $"{path}.{member.Name} is not allowed";
            }
        }
        return null;
    }

    private static string? Items(JsonElement value, JsonElement rules, JsonElement root, string path, int depth)
    {
        var count = value.GetArrayLength();
        if (Bound(rules, "minItems") is { } least && count < least) return $"{path} needs at least {least} items";
        if (Bound(rules, "maxItems") is { } most && count > most) return $"{path} has more than {most} items";
        if (!rules.TryGetProperty("items", out var item)) return null;
        for (var i = 0; i < count; i++)
            if (Check(value[i], item, root, $"{path}[{i}]", depth + 1) is { } problem) return problem;
        return null;
    }

    private static string? Bounds(JsonElement value, JsonElement rules, string path)
    {
        var number = value.GetDouble();
        if (Bound(rules, "minimum") is { } least && number < least) return $"{path} is less than {least}";
        return Bound(rules, "maximum") is { } most && number > most ? $"{path} is more than {most}" : null;
    }

    private static double? Bound(JsonElement rules, string name) =>
        rules.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number ? bound.GetDouble() : null;

    private static bool HasType(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(t => HasType(value, t))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            _ => true,
        };

    private static JsonElement Resolve(JsonElement root, string reference)
    {
        var at = root;
        foreach (var part in reference.Split('/').Skip(1))
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at)) return default;
        return at;
    }
}
