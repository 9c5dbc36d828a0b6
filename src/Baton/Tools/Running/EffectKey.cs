using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>Names an effect, so that it happens once. A digest: what it is made of may be personal.</summary>
internal static class EffectKey
{
    private const int Length = 40;

    /// <summary>The key of a call: the tool's template, or ticket, tool and inputs.</summary>
    public static string Of(Tool tool, ToolCall call) => Digest(
        $"{tool.Name}\n{(tool.IdempotencyKey is { } template ? Fill(template, tool, call) : $"{call.ConversationId}\n{Canonical(call.Inputs)}")}");

    /// <summary>The same inputs have the same digest, in whatever order they are written.</summary>
    public static string InputDigest(ToolCall call) => Digest(Canonical(call.Inputs))[..16];

    private static string Fill(string template, Tool tool, ToolCall call)
    {
        var filled = template.Replace("{ticket}", call.ConversationId, StringComparison.Ordinal)
            .Replace("{tool}", tool.Name, StringComparison.Ordinal);
        foreach (var (name, value) in call.Inputs)
            filled = filled.Replace($"{{{name}}}", ToolSchemas.Text(value) ?? "", StringComparison.Ordinal);
        return filled;
    }

    private static string Canonical(JsonObject inputs) =>
        string.Join('\n', inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={Canonical(i.Value)}"));

    /// <summary>40 and 40.00 are one amount.</summary>
    private static string Canonical(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : node?.ToJsonString() ?? "null";

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
}
