using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Reads chat completions and their chunks.</summary>
internal static class OpenAiResponseJson
{
    /// <summary>Above it a number is no count of anything.</summary>
    private const double MostCount = 1e15;

    public static ChatResponse Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        var choice = First(root, "choices") ?? throw Malformed("no choices");
        if (!choice.TryGetProperty("message", out var message)) throw Malformed("a choice without a message");
        var contents = new List<AIContent>();
        if (Content(message) is { Length: > 0 } text) contents.Add(new TextContent(text));
        var refusal = Text(message, "refusal");
        if (refusal is { Length: > 0 }) contents.Add(Refusals.Content(refusal));
        foreach (var call in Items(message, "tool_calls")) contents.Add(ToolCall(call));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = Text(root, "id"),
            ModelId = Text(root, "model"),
            FinishReason = refusal is { Length: > 0 } ? Refusals.Reason : Finish(Text(choice, "finish_reason")),
            Usage = OpenAiUsage.Read(root),
        };
    }

    /// <summary>A chunk of a stream; call fragments go to <paramref name="calls"/> until the choice ends.</summary>
    public static ChatResponseUpdate ReadChunk(ReadOnlyMemory<byte> data, ToolCallFragments calls)
    {
        using var document = Parse(data);
        var root = document.RootElement;
        if (HasError(root))
        {
            throw new GatewayException(GatewayFailure.ProviderFailed, "the provider sent an error inside the stream")
            {
                MayBeBilled = true,
            };
        }
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant, ResponseId = Text(root, "id"), ModelId = Text(root, "model"),
        };
        if (First(root, "choices") is { } choice) ReadDelta(choice, update, calls);
        if (OpenAiUsage.Read(root) is { } usage) update.Contents.Add(new UsageContent(usage));
        return update;
    }

    private static void ReadDelta(JsonElement choice, ChatResponseUpdate update, ToolCallFragments calls)
    {
        if (choice.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object)
        {
            if (Content(delta) is { Length: > 0 } text) update.Contents.Add(new TextContent(text));
            if (Text(delta, "refusal") is { Length: > 0 } refusal)
            {
                calls.Refused = true;
                update.Contents.Add(Refusals.Content(refusal));
            }
            foreach (var call in Items(delta, "tool_calls")) calls.Add(call);
        }
        // Some servers write an empty reason where others write null.
        if (Text(choice, "finish_reason") is not { Length: > 0 } finish) return;
        foreach (var call in calls.Take()) update.Contents.Add(call);
        update.FinishReason = calls.Refused ? Refusals.Reason : Finish(finish);
    }

    private static FunctionCallContent ToolCall(JsonElement call)
    {
        if (!call.TryGetProperty("function", out var function)) throw Malformed("a tool call without a function");
        return ToolText.Call(Text(call, "id") ?? "", Text(function, "name") ?? "", Arguments(function) ?? "");
    }

    /// <summary>The arguments of a call as text; some servers send the object itself.</summary>
    internal static string? Arguments(JsonElement function) =>
        function.TryGetProperty("arguments", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.GetRawText()
            : Text(function, "arguments");

    /// <summary>The text of a message; some servers send it in parts, with their thoughts among them.</summary>
    private static string? Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
            return Text(message, "content");
        return string.Concat(content.EnumerateArray()
            .Where(p => p.ValueKind == JsonValueKind.Object && Text(p, "type") is null or "text" or "output_text")
            .Select(p => Text(p, "text")));
    }

    private static bool HasError(JsonElement root) =>
        root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null;

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null or "" => null,
        "function_call" => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason),
    };

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Malformed("not an object");
        }
        catch (JsonException error)
        {
            throw Malformed(error.Message, error);
        }
    }

    private static GatewayException Malformed(string what, Exception? inner = null) =>
        new(GatewayFailure.ProviderFailed, $"the provider's answer is no chat completion: {what}", inner)
        {
            MayBeBilled = true,
        };

    private static JsonElement? First(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? list[0]
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    internal static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A whole number, also when it is written with a fraction of zero.</summary>
    internal static long? Number(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number) return null;
        if (value.TryGetInt64(out var number)) return number;
        return value.GetDouble() is var real && Math.Abs(real) < MostCount ? (long)real : null;
    }
}
