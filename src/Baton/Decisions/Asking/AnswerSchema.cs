using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baton.Decisions.Asking;

/// <summary>
/// JSON schemas in the form that every provider's strict mode takes: closed objects, all members required, words from
/// lists.
/// </summary>
internal static class AnswerSchema
{
    public static JsonElement Object(params (string Name, JsonObject Rule)[] members) =>
        JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Rule))),
            ["required"] = new JsonArray([.. members.Select(m => (JsonNode)m.Name)]),
            ["additionalProperties"] = false,
        });

    /// <summary>One of some words.</summary>
    public static JsonObject OneOf(IEnumerable<string> words) => new()
    {
        ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]),
    };

    /// <summary>Any of some words.</summary>
    public static JsonObject ListOf(IEnumerable<string> words) =>
        new() { ["type"] = "array", ["items"] = OneOf(words) };

    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    extension(JsonElement answer)
    {
        public string Word(string name) => answer.GetProperty(name).GetString() ?? "";

        public IReadOnlyList<string> Words(string name) =>
            [.. answer.GetProperty(name).EnumerateArray().Select(w => w.GetString() ?? "").Distinct()];

        public bool Flag(string name) => answer.GetProperty(name).GetBoolean();
    }
}
