using System.Text.Json.Nodes;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading;

/// <summary>Reads a JSON schema written in YAML, and checks the part of it that Baton relies on.</summary>
internal static class InputSchema
{
    public static JsonObject Read(Section schema)
    {
        var type = schema.RequiredLocated("type", "object");
        if (type is { Text: not "object" } other)
            schema.Problems.Add(other, $"{schema.What}: 'type' is '{other.Text}'; inputs are an object, write 'type: object'");
        var properties = schema.Child("properties");
        string[] names = [.. properties?.Entries.Select(e => e.Key) ?? []];
        foreach (var entry in properties?.Entries ?? []) properties!.AsSection(entry.Value, $"{schema.What}, input '{entry.Key}'");
        foreach (var required in schema.Texts("required"))
        {
            if (!names.Contains(required.Text))
                schema.Problems.Add(required, $"{schema.What}: required input '{required.Text}' is not among the properties{Suggestion.Hint(required.Text, names)}");
        }
        return (JsonObject)ToJson(new YamlValue.Mapping(schema.Entries, 0, 0))!;
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
        if (scalar.Kind == ScalarKind.Number && YamlNumber.TryParse(scalar.Text, out var number)) return JsonValue.Create(number);
        if (scalar.Kind == ScalarKind.Flag) return JsonValue.Create(scalar.Text == "true");
        return scalar.Kind == ScalarKind.Nothing ? null : JsonValue.Create(scalar.Text);
    }
}
