using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Yaml;
using Json.Schema;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads a JSON schema written in YAML, and checks the part of it that Baton relies on.</summary>
internal static class InputSchema
{
    private static readonly string[] Keywords =
    [
        "type", "description", "title", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format", "default", "examples", "items", "properties",
        "required",
        "minItems", "maxItems", "from", "additionalProperties",
    ];

    private static readonly string[] Sources = ["customer.id", "customer.email"];

    public static JsonObject Read(Section schema)
    {
        var type = schema.RequiredLocated("type", "object");
        if (type is { Text: not "object" } other)
            schema.Problems.Add(other,
                $"{schema.What}: 'type' is '{other.Text}'; inputs are an object, write 'type: object'");
        var properties = schema.Child("properties");
        string[] names = [.. properties?.Entries.Select(e => e.Key) ?? []];
        foreach (var entry in properties?.Entries ?? [])
            if (properties!.AsSection(entry.Value, $"{schema.What}, input '{entry.Key}'") is { } input)
                CheckInput(input);
        foreach (var required in schema.Texts("required"))
        {
            if (!names.Contains(required.Text))
                schema.Problems.Add(required,
                    $"{schema.What}: required input '{required.Text}' is not among the properties{Suggestion.Hint(required.Text, names)}");
        }
        var json = Json(schema);
        if (Problem(json) is { } problem)
            schema.Problems.Add(schema.Here,
                $"{schema.What} is not a JSON schema ({problem}); see json-schema.org for the form of each keyword");
        return json;
    }

    /// <summary>A mapping as JSON.</summary>
    public static JsonObject Json(Section section) =>
        (JsonObject)ToJson(new YamlValue.Mapping(section.Entries, 0, 0))!;

    /// <summary>
    /// A keyword that JSON schema does not know would be passed over, and the input not held against it.
    /// </summary>
    private static void CheckInput(Section input)
    {
        foreach (var entry in input.Entries.Where(e => !Keywords.Contains(e.Key)))
        {
            input.Problems.Add(new Located(entry.Key, input.File, entry.Line, entry.Column),
                $"{input.What}: '{entry.Key}' is not a keyword of an input{Suggestion.Hint(entry.Key, Keywords)}");
        }
        if (input.Located("from") is { } from && !Sources.Contains(from.Text))
            input.Problems.Add(from, $"{input.What}: 'from' is '{from.Text}'; use {string.Join(" or ", Sources)}");
    }

    /// <summary>The schema without <c>from</c>, which is Baton's own and which JSON schema does not know.</summary>
    public static JsonObject Standard(JsonObject schema)
    {
        var standard = (JsonObject)schema.DeepClone();
        foreach (var (_, input) in standard["properties"] as JsonObject ?? [])
            (input as JsonObject)?.Remove("from");
        return standard;
    }

    private static string? Problem(JsonObject schema)
    {
        try
        {
            JsonSchema.FromText(Standard(schema).ToJsonString());
            return null;
        }
        catch (Exception error) when (
            error is JsonException or JsonSchemaException or ArgumentException or InvalidOperationException)
        {
            return error.Message;
        }
    }

    private static JsonNode? ToJson(YamlValue value) => value switch
    {
        YamlValue.Mapping mapping => new JsonObject(
            mapping.Entries.Select(e => KeyValuePair.Create(e.Key, ToJson(e.Value)))),
        YamlValue.Sequence list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlValue.Scalar scalar => ToJson(scalar),
        _ => null,
    };

    private static JsonValue? ToJson(YamlValue.Scalar scalar)
    {
        if (scalar.Kind == ScalarKind.Number && YamlNumber.TryParse(scalar.Text, out var number))
            return JsonValue.Create(number);
        if (scalar.Kind == ScalarKind.Flag) return JsonValue.Create(scalar.Text == "true");
        return scalar.Kind == ScalarKind.Nothing ? null : JsonValue.Create(scalar.Text);
    }
}
