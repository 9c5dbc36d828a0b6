using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>
/// Fields of the wire that the types of Microsoft.Extensions.AI have no place for. They ride along as additional
/// properties under their own names.
/// </summary>
internal static class WireFields
{
    public const string Strict = "strict", Detail = "detail", CacheControl = "cache_control";

    public static void Set(AIContent content, string name, object value) =>
        (content.AdditionalProperties ??= [])[name] = value is JsonElement json ? json.Clone() : value;

    public static T? Get<T>(AIContent content, string name) =>
        content.AdditionalProperties?.GetValueOrDefault(name) is T value ? value : default;
}

/// <summary>A tool as an outside caller declared it.</summary>
internal sealed class WireTool(
    string name, string description, JsonElement parameters, bool? strict, JsonElement? cacheControl)
    : AIFunctionDeclaration
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => parameters;

    public JsonElement? CacheControl => cacheControl;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        strict is null ? new Dictionary<string, object?>() : new() { [WireFields.Strict] = strict };
}
