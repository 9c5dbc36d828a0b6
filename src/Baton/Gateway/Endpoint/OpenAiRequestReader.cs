using System.Collections.Frozen;
using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>A chat completion request as its caller sent it.</summary>
internal sealed record ReadRequest(
    List<ChatMessage> Messages, ChatOptions Options, bool Stream, bool IncludeUsage);

/// <summary>Reads chat completion requests. Fields that Baton does not interpret go on to the provider as they are.</summary>
internal static class OpenAiRequestReader
{
    private static readonly FrozenSet<string> Interpreted = new[]
    {
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p",
        "frequency_penalty", "presence_penalty", "seed", "stop", "tools", "tool_choice", "parallel_tool_calls",
        "response_format",
    }.ToFrozenSet();

    /// <summary>What must not go on: it would make the provider keep the conversation, or answer more than once.</summary>
    private static readonly FrozenSet<string> Dropped = new[] { "store", "n", "user", "metadata" }.ToFrozenSet();

    /// <exception cref="EndpointFailure">A field is missing or has the wrong type.</exception>
    public static ReadRequest Read(JsonElement root)
    {
        try
        {
            if (Number(root, "n") is > 1) throw EndpointFailure.Bad("'n' above 1 is not supported.");
            var options = Options(root);
            options = new Carried
            {
                Extra = [.. root.EnumerateObject()
                    .Where(p => !Interpreted.Contains(p.Name) && !Dropped.Contains(p.Name))
                    .Select(p => KeyValuePair.Create(p.Name, p.Value.Clone()))],
            }.On(options);
            var messages = Required(root, "messages", JsonValueKind.Array).EnumerateArray().Select(Message).ToList();
            var usage = root.TryGetProperty("stream_options", out var stream) && stream.ValueKind == JsonValueKind.Object
                && Flag(stream, "include_usage") == true;
            return new ReadRequest(messages, options, Flag(root, "stream") == true, usage);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or KeyNotFoundException
            or UriFormatException or ArgumentException)
        {
            throw EndpointFailure.Bad($"The request has a field of the wrong type: {error.Message}");
        }
    }

    private static ChatOptions Options(JsonElement root) => new()
    {
        ModelId = Required(root, "model", JsonValueKind.String).GetString(),
        MaxOutputTokens = (int?)(Number(root, "max_completion_tokens") ?? Number(root, "max_tokens")),
        Temperature = (float?)Number(root, "temperature"),
        TopP = (float?)Number(root, "top_p"),
        FrequencyPenalty = (float?)Number(root, "frequency_penalty"),
        PresencePenalty = (float?)Number(root, "presence_penalty"),
        Seed = (long?)Number(root, "seed"),
        StopSequences = Stops(root),
        Tools = [.. Items(root, "tools").Select(Tool)],
        ToolMode = ToolMode(root),
        AllowMultipleToolCalls = Flag(root, "parallel_tool_calls"),
        ResponseFormat = Format(root),
    };

    private static ChatMessage Message(JsonElement message)
    {
        var role = Required(message, "role", JsonValueKind.String).GetString()!;
        if (role == "tool")
        {
            return new ChatMessage(ChatRole.Tool,
                [new FunctionResultContent(OpenAiResponseJson.Text(message, "tool_call_id") ?? "", ContentText(message))]);
        }
        var contents = Contents(message);
        foreach (var call in Items(message, "tool_calls"))
        {
            var function = Required(call, "function", JsonValueKind.Object);
            contents.Add(ToolText.Call(OpenAiResponseJson.Text(call, "id") ?? "",
                OpenAiResponseJson.Text(function, "name") ?? "", OpenAiResponseJson.Text(function, "arguments") ?? "{}"));
        }
        return new ChatMessage(role switch
        {
            "system" or "developer" => ChatRole.System,
            "assistant" => ChatRole.Assistant,
            "user" => ChatRole.User,
            _ => throw EndpointFailure.Bad($"'{role}' is no role of a message."),
        }, contents) { AuthorName = OpenAiResponseJson.Text(message, "name") };
    }

    private static List<AIContent> Contents(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null) return [];
        if (content.ValueKind == JsonValueKind.String) return [new TextContent(content.GetString())];
        return [.. content.EnumerateArray().Select(Part)];
    }

    private static AIContent Part(JsonElement part)
    {
        var type = OpenAiResponseJson.Text(part, "type");
        if (type is "text" or "input_text") return new TextContent(OpenAiResponseJson.Text(part, "text"));
        if (type is "refusal") return new TextContent(OpenAiResponseJson.Text(part, "refusal"));
        if (type is not "image_url") throw EndpointFailure.Bad($"Content of type '{type}' is not supported.");
        var url = Required(Required(part, "image_url", JsonValueKind.Object), "url", JsonValueKind.String).GetString()!;
        return url.StartsWith("data:", StringComparison.Ordinal) ? new DataContent(url) : new UriContent(url, "image/*");
    }

    private static string ContentText(JsonElement message) =>
        string.Concat(Contents(message).OfType<TextContent>().Select(c => c.Text));

    private static AIFunctionDeclaration Tool(JsonElement tool)
    {
        var function = Required(tool, "function", JsonValueKind.Object);
        var parameters = function.TryGetProperty("parameters", out var schema)
            ? schema.Clone()
            : JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{}}""");
        return AIFunctionFactory.CreateDeclaration(Required(function, "name", JsonValueKind.String).GetString()!,
            OpenAiResponseJson.Text(function, "description") ?? "", parameters);
    }

    private static ChatToolMode? ToolMode(JsonElement root)
    {
        if (!root.TryGetProperty("tool_choice", out var choice)) return null;
        if (choice.ValueKind == JsonValueKind.Object)
        {
            var function = Required(choice, "function", JsonValueKind.Object);
            return ChatToolMode.RequireSpecific(Required(function, "name", JsonValueKind.String).GetString()!);
        }
        return choice.GetString() switch
        {
            "required" => ChatToolMode.RequireAny,
            "none" => ChatToolMode.None,
            _ => ChatToolMode.Auto,
        };
    }

    private static ChatResponseFormat? Format(JsonElement root)
    {
        if (!root.TryGetProperty("response_format", out var format) || format.ValueKind != JsonValueKind.Object) return null;
        if (OpenAiResponseJson.Text(format, "type") is "json_object") return ChatResponseFormat.Json;
        if (OpenAiResponseJson.Text(format, "type") is not "json_schema") return null;
        var named = Required(format, "json_schema", JsonValueKind.Object);
        return ChatResponseFormat.ForJsonSchema(Required(named, "schema", JsonValueKind.Object).Clone(),
            OpenAiResponseJson.Text(named, "name"), OpenAiResponseJson.Text(named, "description"));
    }

    private static List<string>? Stops(JsonElement root)
    {
        if (!root.TryGetProperty("stop", out var stop) || stop.ValueKind == JsonValueKind.Null) return null;
        return stop.ValueKind == JsonValueKind.String
            ? [stop.GetString()!]
            : [.. stop.EnumerateArray().Select(s => s.GetString()!)];
    }

    private static JsonElement Required(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw EndpointFailure.Bad($"'{name}' is missing or is no {kind.ToString().ToLowerInvariant()}.");

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static double? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool? Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
