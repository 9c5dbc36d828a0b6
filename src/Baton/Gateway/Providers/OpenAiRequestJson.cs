using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Writes chat completion requests (openai-openapi 2.3.0).</summary>
internal static class OpenAiRequestJson
{
    /// <summary>The whole body of a request.</summary>
    public static ReadOnlyMemory<byte> Write(
        OpenAiModel model, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", model.Id);
        WriteMessages(json, messages, options?.Instructions);
        if (options is not null) WriteOptions(json, model, options);
        if (stream)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMessages(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, string? instructions)
    {
        json.WriteStartArray("messages");
        if (!string.IsNullOrEmpty(instructions)) WriteText(json, "system", instructions);
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool) WriteToolResults(json, message);
            else WriteMessage(json, message);
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private static void WriteToolResults(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("content", ToolText.Of(result));
            json.WriteEndObject();
        }
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        if (message.AuthorName is { Length: > 0 } name) json.WriteString("name", name);
        WriteContent(json, message);
        if (message.Contents.Any(c => c is FunctionCallContent)) WriteToolCalls(json, message);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, ChatMessage message)
    {
        var plain = !message.Contents.Any(c => c is UriContent or DataContent || CacheControl(c) is not null);
        if (plain)
        {
            // An assistant message that only calls tools has null content.
            var empty = message.Role == ChatRole.Assistant && message.Text.Length == 0;
            json.WriteString("content", empty ? null : message.Text);
            return;
        }
        json.WriteStartArray("content");
        foreach (var part in message.Contents) WritePart(json, part);
        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, AIContent part)
    {
        var url = part switch { DataContent data => data.Uri, UriContent uri => uri.Uri.ToString(), _ => null };
        if (url is null && part is not TextContent) return;
        json.WriteStartObject();
        json.WriteString("type", url is null ? "text" : "image_url");
        if (part is TextContent text) json.WriteString("text", text.Text);
        if (url is not null)
        {
            json.WriteStartObject("image_url");
            json.WriteString("url", url);
            if (WireFields.Get<string>(part, WireFields.Detail) is { } detail)
                json.WriteString(WireFields.Detail, detail);
            json.WriteEndObject();
        }
        if (CacheControl(part) is { } control) WriteField(json, WireFields.CacheControl, control);
        json.WriteEndObject();
    }

    private static JsonElement? CacheControl(AIContent part) =>
        WireFields.Get<JsonElement?>(part, WireFields.CacheControl);

    private static void WriteField(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static void WriteToolCalls(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray("tool_calls");
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            json.WriteStartObject();
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", ToolText.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, OpenAiModel model, ChatOptions options)
    {
        if (options.MaxOutputTokens is { } max)
            json.WriteNumber(model.LegacyMaxTokens ? "max_tokens" : "max_completion_tokens", max);
        if (options.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP) json.WriteNumber("top_p", topP);
        if (options.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty", frequency);
        if (options.PresencePenalty is { } presence) json.WriteNumber("presence_penalty", presence);
        if (options.Seed is { } seed) json.WriteNumber("seed", seed);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops) json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        WriteTools(json, options);
        WriteFormat(json, options);
        foreach (var (name, value) in Calls.Carried.Of(options).Extra) WriteField(json, name, value);
    }

    private static void WriteTools(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools) return;
        json.WriteStartArray("tools");
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            if (tool.Description.Length > 0) json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(json);
            if (tool.AdditionalProperties.TryGetValue(WireFields.Strict, out var strict) && strict is bool flag)
                json.WriteBoolean(WireFields.Strict, flag);
            json.WriteEndObject();
            if (tool is WireTool { CacheControl: { } control }) WriteField(json, WireFields.CacheControl, control);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteToolChoice(json, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } many) json.WriteBoolean("parallel_tool_calls", many);
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        if (mode is null) return;
        if (mode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteStartObject("tool_choice");
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", name);
            json.WriteEndObject();
            json.WriteEndObject();
            return;
        }
        json.WriteString("tool_choice", mode switch
        {
            RequiredChatToolMode => "required",
            NoneChatToolMode => "none",
            _ => "auto",
        });
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson asked) return;
        json.WriteStartObject("response_format");
        json.WriteString("type", asked.Schema is null ? "json_object" : "json_schema");
        if (asked.Schema is { } schema)
        {
            json.WriteStartObject("json_schema");
            json.WriteString("name", asked.SchemaName ?? "answer");
            if (asked.SchemaDescription is { } description) json.WriteString("description", description);
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            json.WriteBoolean(WireFields.Strict, Calls.Carried.Of(options).StrictSchema);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
