using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Reads chat completions and their chunks.</summary>
internal static class OpenAiResponseJson
{
    public static ChatResponse Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        var choice = First(root, "choices") ?? throw Malformed("no choices");
        if (!choice.TryGetProperty("message", out var message)) throw Malformed("a choice without a message");
        var contents = new List<AIContent>();
        if (Text(message, "content") is { Length: > 0 } text) contents.Add(new TextContent(text));
        var refusal = Text(message, "refusal");
        if (refusal is { Length: > 0 }) contents.Add(Refusals.Content(refusal));
        foreach (var call in Items(message, "tool_calls")) contents.Add(ToolCall(call));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = Text(root, "id"),
            ModelId = Text(root, "model"),
            FinishReason = refusal is { Length: > 0 } ? Refusals.Reason : Finish(Text(choice, "finish_reason")),
            Usage = Usage(root),
        };
    }

    /// <summary>A chunk of a stream; call fragments go to <paramref name="calls"/> until the choice ends.</summary>
    public static ChatResponseUpdate ReadChunk(ReadOnlyMemory<byte> data, ToolCallFragments calls)
    {
        using var document = Parse(data);
        var root = document.RootElement;
        if (root.TryGetProperty("error", out _))
            throw new GatewayException(GatewayFailure.ProviderFailed, "the provider sent an error inside the stream");
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant, ResponseId = Text(root, "id"), ModelId = Text(root, "model"),
        };
        if (First(root, "choices") is { } choice) ReadDelta(choice, update, calls);
        if (Usage(root) is { } usage) update.Contents.Add(new UsageContent(usage));
        return update;
    }

    private static void ReadDelta(JsonElement choice, ChatResponseUpdate update, ToolCallFragments calls)
    {
        if (choice.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object)
        {
            if (Text(delta, "content") is { Length: > 0 } text) update.Contents.Add(new TextContent(text));
            if (Text(delta, "refusal") is { Length: > 0 } refusal)
            {
                calls.Refused = true;
                update.Contents.Add(Refusals.Content(refusal));
            }
            foreach (var call in Items(delta, "tool_calls")) calls.Add(call);
        }
        if (Text(choice, "finish_reason") is not { } finish) return;
        foreach (var call in calls.Take()) update.Contents.Add(call);
        update.FinishReason = calls.Refused ? Refusals.Reason : Finish(finish);
    }

    /// <summary>Input that OpenAI reports includes what came from its cache, which is how Baton counts.</summary>
    private static UsageDetails? Usage(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object) return null;
        var details = new UsageDetails
        {
            InputTokenCount = Number(usage, "prompt_tokens"),
            OutputTokenCount = Number(usage, "completion_tokens"),
            TotalTokenCount = Number(usage, "total_tokens"),
        };
        if (usage.TryGetProperty("prompt_tokens_details", out var input) && input.ValueKind == JsonValueKind.Object)
        {
            details.CachedInputTokenCount = Number(input, "cached_tokens");
            Tokens.SetCacheWrite(details, Number(input, "cache_write_tokens"));
        }
        if (usage.TryGetProperty("completion_tokens_details", out var output)
            && output.ValueKind == JsonValueKind.Object)
            details.ReasoningTokenCount = Number(output, "reasoning_tokens");
        return details;
    }

    private static FunctionCallContent ToolCall(JsonElement call)
    {
        if (!call.TryGetProperty("function", out var function)) throw Malformed("a tool call without a function");
        return ToolText.Call(Text(call, "id") ?? "", Text(function, "name") ?? "", Text(function, "arguments") ?? "");
    }

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
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

    internal static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;
}
