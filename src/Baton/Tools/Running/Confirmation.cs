using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>What a customer said to a call that was shown to them.</summary>
/// <param name="Effect">Names the call; see <see cref="Confirmation.EffectOf"/>.</param>
/// <param name="Given">Whether it was a plain yes.</param>
internal sealed record Consent(string Effect, bool Given);

/// <summary>
/// What a customer is shown before a call that needs their yes. Made by code, of the inputs as they are.
/// </summary>
internal static class Confirmation
{
    /// <summary>The same for the same effect with the same inputs, and for no other.</summary>
    public static string EffectOf(string key, string inputDigest) => $"{key}:{inputDigest}";

    public static string TextOf(Tool tool, ToolCall call)
    {
        var inputs = call.Inputs.Where(i => !IsFilled(tool, i.Key)).ToList();
        var question = tool.Confirm?.Text is { } template
            ? inputs.Aggregate(template, (text, i) => text.Replace($"{{{i.Key}}}", Shown(i.Value), StringComparison.Ordinal))
            : $"Before we do this: {tool.Description}.\n"
                + string.Join('\n', inputs.Select(i => $"- {i.Key.Replace('_', ' ')}: {Shown(i.Value)}"));
        return $"{question}\n\nPlease answer yes, and we do exactly this.";
    }

    private static string Shown(System.Text.Json.Nodes.JsonNode? value) =>
        ToolSchemas.Text(value) ?? value?.ToJsonString() ?? "nothing";

    private static bool IsFilled(Tool tool, string input) =>
        (tool.InputSchema["properties"]?[input] as System.Text.Json.Nodes.JsonObject)?.ContainsKey("from") == true;
}
