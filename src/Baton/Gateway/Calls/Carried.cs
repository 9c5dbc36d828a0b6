using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>
/// Everything that the gateway's own parts tell each other through the options of a call, under one name. It is set by
/// whoever knows it, and providers get what is left of it by <see cref="ForProvider"/>.
/// </summary>
internal sealed record Carried
{
    private const string Name = "baton";
    private static readonly Carried Nothing = new();

    /// <summary>Who asks; set by the caller.</summary>
    public CallContext? Context { get; init; }

    /// <summary>What the links know about the call; set by the gateway's entry.</summary>
    public CallState? State { get; init; }

    /// <summary>The attempt under way; set by the failover.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>
    /// Request fields that Baton does not interpret, such as <c>reasoning_effort</c>: an outside caller sent them, and
    /// an OpenAI-compatible provider gets them as they are.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Extra { get; init; } = [];

    /// <summary>
    /// Whether a provider shall hold itself to the schema of the answer. Default true; outside callers say.
    /// </summary>
    public bool StrictSchema { get; init; } = true;

    /// <summary>
    /// Whether the body that the provider sent comes back with the answer (<c>RawRepresentation</c>), for what Baton's
    /// own reading leaves out. It is never answered from the cache, which has no bodies.
    /// </summary>
    public bool KeepBody { get; init; }

    /// <summary>The body of a passthrough request as its caller sent it.</summary>
    public JsonElement? Raw { get; init; }

    public static Carried Of(ChatOptions? options) => Of(options?.AdditionalProperties);

    public static Carried Of(EmbeddingGenerationOptions? options) => Of(options?.AdditionalProperties);

    /// <summary>A copy of the options that carries this.</summary>
    public ChatOptions On(ChatOptions? options)
    {
        var copy = options?.Clone() ?? new ChatOptions();
        (copy.AdditionalProperties ??= [])[Name] = this;
        return copy;
    }

    /// <inheritdoc cref="On(ChatOptions?)"/>
    public EmbeddingGenerationOptions On(EmbeddingGenerationOptions? options)
    {
        var copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        (copy.AdditionalProperties ??= [])[Name] = this;
        return copy;
    }

    /// <summary>The options without what is the gateway's own; what goes on the wire stays.</summary>
    public static ChatOptions ForProvider(ChatOptions? options)
    {
        var carried = Of(options);
        var wire = carried with { Context = null, State = null, Attempt = null };
        var copy = options?.Clone() ?? new ChatOptions();
        (copy.AdditionalProperties, copy.ModelId) = (null, null);
        return wire.On(copy);
    }

    private static Carried Of(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(Name, out var value) == true && value is Carried carried ? carried : Nothing;
}
