using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>
/// Request fields that Baton does not interpret, such as <c>reasoning_effort</c>: an outside caller sent them, and an
/// OpenAI-compatible provider gets them as they are.
/// </summary>
internal static class ExtraFields
{
    private const string Name = "baton.extra_fields";

    public static IReadOnlyList<KeyValuePair<string, JsonElement>> Of(ChatOptions options) =>
        options.AdditionalProperties?.TryGetValue(Name, out var value) == true
            ? (IReadOnlyList<KeyValuePair<string, JsonElement>>)value!
            : [];

    public static void Set(ChatOptions options, IReadOnlyList<KeyValuePair<string, JsonElement>> fields) =>
        (options.AdditionalProperties ??= [])[Name] = fields;
}
