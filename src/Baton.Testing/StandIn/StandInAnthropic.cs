using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.StandIn;

/// <summary>Anthropic's messages (2023-06-01). Its input count leaves cached tokens out, unlike OpenAI's.</summary>
internal static class StandInAnthropic
{
    public static JsonObject Message(StandInReply reply)
    {
        var content = new JsonArray();
        var text = reply.Refusal ?? reply.Text;
        if (text.Length > 0) content.Add(new JsonObject { ["type"] = "text", ["text"] = text, ["citations"] = null });
        for (var i = 0; i < reply.ToolCalls.Count; i++)
            content.Add(ToolUse(reply, i, JsonNode.Parse(reply.ToolCalls[i].Arguments.GetRawText())!));
        var message = Envelope(reply, content);
        message["stop_reason"] = StopReason(reply);
        message["usage"] = reply.NoUsage ? Usage(reply, 0, 0) : Usage(reply, Fresh(reply), reply.OutputTokens);
        return message;
    }

    /// <summary>The events of a stream, each with its name.</summary>
    public static IEnumerable<(string Event, JsonObject Data)> Events(StandInReply reply)
    {
        var start = Envelope(reply, []);
        start["usage"] = reply.NoUsage ? Usage(reply, 0, 0) : Usage(reply, Fresh(reply), 1);
        yield return Event("message_start", ("message", start));
        yield return Event("ping");
        var index = 0;
        if ((reply.Refusal ?? reply.Text).Length > 0)
        {
            foreach (var text in TextBlock(reply, index++)) yield return text;
        }
        for (var i = 0; i < reply.ToolCalls.Count; i++)
        {
            foreach (var tool in ToolBlock(reply, i, index++)) yield return tool;
        }
        var end = new JsonObject { ["stop_reason"] = StopReason(reply), ["stop_sequence"] = null };
        var output = new JsonObject { ["output_tokens"] = reply.NoUsage ? 0 : reply.OutputTokens };
        yield return Event("message_delta", ("delta", end), ("usage", output));
        yield return Event("message_stop");
    }

    public static JsonObject Error(string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = "req_stand_in",
    };

    public static (int Status, JsonObject Body) Failure(StandInFault fault) => fault switch
    {
        StandInFault.RateLimit => (StatusCodes.Status429TooManyRequests,
            Error("rate_limit_error", "Rate limit reached (stand-in).")),
        StandInFault.Overloaded => (529, Error("overloaded_error", "Overloaded (stand-in).")),
        _ => (StatusCodes.Status500InternalServerError, Error("api_error", "Internal error (stand-in).")),
    };

    private static IEnumerable<(string, JsonObject)> TextBlock(StandInReply reply, int index)
    {
        var block = new JsonObject { ["type"] = "text", ["text"] = "", ["citations"] = null };
        yield return Event("content_block_start", ("index", index), ("content_block", block));
        foreach (var text in reply.Chunks())
        {
            var delta = new JsonObject { ["type"] = "text_delta", ["text"] = text };
            yield return Event("content_block_delta", ("index", index), ("delta", delta));
        }
        yield return Event("content_block_stop", ("index", index));
    }

    private static IEnumerable<(string, JsonObject)> ToolBlock(StandInReply reply, int call, int index)
    {
        var block = ToolUse(reply, call, new JsonObject());
        yield return Event("content_block_start", ("index", index), ("content_block", block));
        foreach (var part in reply.ToolCalls[call].Arguments.GetRawText().Chunk(reply.ChunkChars))
        {
            var delta = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = new string(part) };
            yield return Event("content_block_delta", ("index", index), ("delta", delta));
        }
        yield return Event("content_block_stop", ("index", index));
    }

    private static (string, JsonObject) Event(string name, params ReadOnlySpan<(string Name, JsonNode Value)> fields)
    {
        var data = new JsonObject { ["type"] = name };
        foreach (var (field, value) in fields) data[field] = value;
        return (name, data);
    }

    private static JsonObject Envelope(StandInReply reply, JsonArray content) => new()
    {
        ["id"] = reply.Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = reply.Model,
        ["content"] = content,
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
    };

    private static JsonObject ToolUse(StandInReply reply, int index, JsonNode input) => new()
    {
        ["type"] = "tool_use",
        ["id"] = $"toolu_{reply.Id}_{index}",
        ["name"] = reply.ToolCalls[index].Name,
        ["input"] = input,
    };

    private static string StopReason(StandInReply reply) =>
        reply.Refusal is not null ? "refusal" : reply.ToolCalls.Count > 0 ? "tool_use" : "end_turn";

    private static int Fresh(StandInReply reply) =>
        Math.Max(0, reply.InputTokens - reply.CachedTokens - reply.CacheWriteTokens);

    private static JsonObject Usage(StandInReply reply, int input, int output) => new()
    {
        ["input_tokens"] = input,
        ["output_tokens"] = output,
        ["cache_creation_input_tokens"] = reply.CacheWriteTokens,
        ["cache_read_input_tokens"] = reply.CachedTokens,
        ["service_tier"] = "standard",
    };
}
