using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Tools.Authority;

namespace Baton.Tools;

/// <summary>Fills the body that a tool declares.</summary>
internal static class ToolBody
{
    /// <summary>
    /// A text that is one hole becomes the value with its type, and is left out where the input is; in longer texts a
    /// hole becomes words.
    /// </summary>
    public static JsonObject Fill(JsonObject template, JsonObject inputs)
    {
        var filled = new JsonObject();
        foreach (var (name, node) in template)
            if (Fill(node, inputs) is { } value) filled[name] = value;
        return filled;
    }

    private static JsonNode? Fill(JsonNode? node, JsonObject inputs)
    {
        switch (node)
        {
            case JsonObject members: return Fill(members, inputs);
            case JsonArray list: return new JsonArray([.. list.Select(item => Fill(item, inputs))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String: break;
            default: return node?.DeepClone();
        }
        var text = node.GetValue<string>();
        foreach (var (name, value) in inputs)
        {
            var hole = $"{{{name}}}";
            if (text == hole) return value?.DeepClone();
            text = text.Replace(hole, ToolSchemas.Text(value) ?? "", StringComparison.Ordinal);
        }
        // What nobody gave a value.
        return text.StartsWith('{') && text.EndsWith('}') ? null : JsonValue.Create(text);
    }
}
