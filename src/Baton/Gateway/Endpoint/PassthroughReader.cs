using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>
/// Reads of a passthrough request what the limits and the receipt need, and nothing more: fields and kinds of content
/// that Baton does not know go on as they are.
/// </summary>
internal static class PassthroughReader
{
    /// <summary>Whether every model behind a name speaks the protocol that the request came in.</summary>
    public static bool Fits(ModelsPolicy policy, string? name)
    {
        if (name is null) return false;
        var models = policy.Tier(name)?.Models ?? [name];
        return models.All(m => policy.Model(m) is { } model && policy.Provider(model.Provider)?.Kind == ProviderKind.OpenAi);
    }

    /// <exception cref="EndpointFailure">There is no model or no list of messages.</exception>
    public static ReadRequest Read(JsonElement root)
    {
        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            throw EndpointFailure.Bad("'messages' is missing or is no array.");
        if (OpenAiResponseJson.Number(root, "n") is > 1) throw EndpointFailure.Bad("'n' above 1 is not supported.");
        var options = new ChatOptions
        {
            ModelId = OpenAiResponseJson.Text(root, "model") ?? throw EndpointFailure.Bad("'model' is missing or is no string."),
            MaxOutputTokens = (int?)(OpenAiResponseJson.Number(root, "max_completion_tokens") ?? OpenAiResponseJson.Number(root, "max_tokens")),
        };
        options = new Carried { Raw = root }.On(options);
        var usage = root.TryGetProperty("stream_options", out var stream) && Flag(stream, "include_usage");
        return new ReadRequest([.. messages.EnumerateArray().Select(Message)], options, Flag(root, "stream"), usage);
    }

    private static ChatMessage Message(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) throw EndpointFailure.Bad("a message is no object.");
        var role = new ChatRole(OpenAiResponseJson.Text(message, "role") is { Length: > 0 } given ? given : "user");
        if (!message.TryGetProperty("content", out var content)) return new ChatMessage(role, []);
        return content.ValueKind switch
        {
            JsonValueKind.String => new ChatMessage(role, content.GetString()),
            JsonValueKind.Array => new ChatMessage(role,
                [.. content.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object)
                    .Select(p => OpenAiResponseJson.Text(p, "text")).OfType<string>().Select(t => new TextContent(t))]),
            _ => new ChatMessage(role, []),
        };
    }

    private static bool Flag(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
