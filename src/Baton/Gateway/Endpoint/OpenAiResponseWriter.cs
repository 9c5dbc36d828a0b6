using System.Buffers;
using System.Text.Json;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>Writes answers as chat completions and as chunks.</summary>
internal sealed class OpenAiResponseWriter(string id, DateTimeOffset created)
{
    private int _toolCalls;

    public ReadOnlyMemory<byte> Completion(ChatResponse response, string model)
    {
        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        return Write(json =>
        {
            Head(json, "chat.completion", model);
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteNumber("index", 0);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            var text = string.Concat(contents.OfType<TextContent>().Select(c => c.Text));
            json.WriteString("content", text.Length > 0 ? text : null);
            json.WriteString("refusal", Refusals.Text(contents));
            ToolCalls(json, contents, indexed: false);
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", Finish(response.FinishReason));
            json.WriteEndObject();
            json.WriteEndArray();
            Usage(json, response.Usage);
        });
    }

    /// <summary>A chunk with a delta, or null when the update has nothing for the caller.</summary>
    public ReadOnlyMemory<byte>? Chunk(ChatResponseUpdate update, string model, bool first)
    {
        var text = string.Concat(update.Contents.OfType<TextContent>().Select(c => c.Text));
        var refusal = Refusals.Text(update.Contents);
        var calls = update.Contents.Any(c => c is FunctionCallContent);
        if (!first && text.Length == 0 && refusal is null && !calls && update.FinishReason is null) return null;
        return Write(json =>
        {
            Head(json, "chat.completion.chunk", model);
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteNumber("index", 0);
            json.WriteStartObject("delta");
            if (first) json.WriteString("role", "assistant");
            if (text.Length > 0 || first) json.WriteString("content", text);
            if (refusal is not null) json.WriteString("refusal", refusal);
            ToolCalls(json, update.Contents, indexed: true);
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", update.FinishReason is null ? null : Finish(update.FinishReason));
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    /// <summary>The last chunk for callers that asked for usage.</summary>
    public ReadOnlyMemory<byte> UsageChunk(UsageDetails usage, string model) => Write(json =>
    {
        Head(json, "chat.completion.chunk", model);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        Usage(json, usage);
    });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        body(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void Head(Utf8JsonWriter json, string kind, string model)
    {
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created.ToUnixTimeSeconds());
        json.WriteString("model", model);
    }

    private void ToolCalls(Utf8JsonWriter json, IEnumerable<AIContent> contents, bool indexed)
    {
        var calls = contents.OfType<FunctionCallContent>().ToList();
        if (calls.Count == 0) return;
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            if (indexed) json.WriteNumber("index", _toolCalls++);
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

    private static string Finish(ChatFinishReason? reason) =>
        reason is null || reason == Refusals.Reason ? "stop" : reason.Value.Value;

    private static void Usage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (usage is null) return;
        var tokens = Tokens.Of(usage);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens.Input);
        json.WriteNumber("completion_tokens", tokens.Output);
        json.WriteNumber("total_tokens", tokens.Input + tokens.Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", tokens.CachedInput);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", tokens.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
