using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Loading.Tools;
using Json.Schema;

namespace Baton.Tools.Authority;

/// <summary>Holds inputs and answers against the schemas of a tool.</summary>
internal static class ToolSchemas
{
    /// <summary>Largest inputs of a call, characters of JSON.</summary>
    public const int MostInput = 16_384;

    /// <summary>Parsed once and forgotten with the playbook.</summary>
    private static readonly ConditionalWeakTable<JsonObject, JsonSchema> Parsed = [];

    private static readonly EvaluationOptions Strict = new()
    {
        OutputFormat = OutputFormat.List, RequireFormatValidation = true,
    };

    /// <summary>
    /// The input that does not fit and why, or null when all fit. What the schema does not name is refused.
    /// </summary>
    public static (string Input, string Why)? InputProblem(Tool tool, JsonObject inputs)
    {
        var known = tool.InputSchema["properties"] as JsonObject;
        foreach (var (name, value) in inputs)
        {
            if (known?.ContainsKey(name) != true) return (name, "is not an input of this tool");
            if (Text(value) is { } text && ToolInputs.Most(known[name]) is var most && text.Length > most)
                return (name, $"has {text.Length} characters, the limit is {most}");
        }
        if (inputs.ToJsonString().Length is > MostInput and var size)
            return ("inputs", $"have {size} characters, the limit is {MostInput}");
        return Problem(tool.InputSchema, JsonSerializer.SerializeToElement(inputs)) is var (at, why)
            ? (at.Length > 0 ? at : Missing(tool, inputs), why)
            : null;
    }

    /// <summary>What is wrong with an answer, or null.</summary>
    public static string? OutputProblem(Tool tool, JsonElement output) =>
        tool.OutputSchema is { } schema && Problem(schema, output) is var (at, why)
            ? $"its answer does not fit output_schema{(at.Length > 0 ? $" at '{at}'" : "")}: {why}"
            : null;

    /// <summary>A plain value as text; null for objects, lists and nothing.</summary>
    public static string? Text(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static (string At, string Why)? Problem(JsonObject schema, JsonElement value)
    {
        var parsed = Parsed.GetValue(schema, s => JsonSchema.FromText(InputSchema.Standard(s).ToJsonString()));
        var results = parsed.Evaluate(value, Strict);
        if (results.IsValid) return null;
        var detail = (results.Details ?? []).FirstOrDefault(d => d.Errors is { Count: > 0 });
        return (detail?.InstanceLocation.ToString().Trim('/') ?? "",
            detail?.Errors!.Values.First() ?? "does not fit the schema");
    }

    private static string Missing(Tool tool, JsonObject inputs) =>
        (tool.InputSchema["required"] as JsonArray)?.Select(r => r?.ToString() ?? "")
            .FirstOrDefault(r => !inputs.ContainsKey(r)) ?? "inputs";
}
