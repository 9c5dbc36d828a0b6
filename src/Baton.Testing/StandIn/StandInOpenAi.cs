using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.StandIn;

/// <summary>OpenAI's chat completions, embeddings and models (openai-openapi 2.3.0).</summary>
internal static class StandInOpenAi
{
    private const long Created = 1_780_000_000;

    public static JsonObject Completion(StandInReply reply)
    {
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = reply.Refusal is null && reply.Text.Length > 0 ? reply.Text : null,
            ["refusal"] = reply.Refusal,
        };
        if (reply.ToolCalls.Count > 0) message["tool_calls"] = ToolCalls(reply);
        var body = Envelope(reply, "chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = StandInLogprobs.Of(reply),
            ["finish_reason"] = FinishReason(reply),
        });
        if (!reply.NoUsage) body["usage"] = Usage(reply);
        return body;
    }

    /// <summary>The chunks of a stream in order, the usage chunk last.</summary>
    public static IEnumerable<JsonObject> Chunks(StandInReply reply, bool includeUsage)
    {
        yield return Chunk(reply, new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null });
        foreach (var text in reply.Chunks())
            yield return Chunk(reply, new JsonObject { [reply.Refusal is null ? "content" : "refusal"] = text });
        for (var i = 0; i < reply.ToolCalls.Count; i++)
        {
            foreach (var delta in ToolDeltas(reply, i))
                yield return Chunk(reply, new JsonObject { ["tool_calls"] = new JsonArray(delta) });
        }
        yield return Chunk(reply, [], FinishReason(reply));
        if (!includeUsage || reply.NoUsage) yield break;
        var usage = Envelope(reply, "chat.completion.chunk");
        usage["usage"] = Usage(reply);
        yield return usage;
    }

    public static JsonObject Models(StandInScript script) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. script.Models.Select(name => new JsonObject
        {
            ["id"] = name, ["object"] = "model", ["created"] = Created, ["owned_by"] = "stand-in",
        })]),
    };

    public static JsonObject Error(string message, string type, string? code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code },
    };

    public static (int Status, JsonObject Body) Failure(StandInFault fault) => fault switch
    {
        StandInFault.RateLimit => (StatusCodes.Status429TooManyRequests,
            Error("Rate limit reached (stand-in).", "requests", "rate_limit_exceeded")),
        StandInFault.Overloaded => (529, Error("The server is overloaded (stand-in).", "server_error", null)),
        _ => (StatusCodes.Status500InternalServerError, Error("Internal error (stand-in).", "server_error", null)),
    };

    private static JsonObject Envelope(StandInReply reply, string kind, params ReadOnlySpan<JsonNode?> choices) => new()
    {
        ["id"] = reply.Id,
        ["object"] = kind,
        ["created"] = Created,
        ["model"] = reply.Model,
        ["system_fingerprint"] = "stand_in",
        ["choices"] = new JsonArray(choices),
    };

    private static JsonObject Chunk(StandInReply reply, JsonObject delta, string? finish = null) =>
        Envelope(reply, "chat.completion.chunk", new JsonObject
        {
            ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish,
        });

    private static string FinishReason(StandInReply reply) => reply.ToolCalls.Count > 0 ? "tool_calls" : "stop";

    private static JsonArray ToolCalls(StandInReply reply) => new([.. reply.ToolCalls.Select((call, i) => new JsonObject
    {
        ["id"] = $"call_{reply.Id}_{i}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments.GetRawText() },
    })]);

    private static IEnumerable<JsonObject> ToolDeltas(StandInReply reply, int index)
    {
        var call = reply.ToolCalls[index];
        yield return new JsonObject
        {
            ["index"] = index,
            ["id"] = $"call_{reply.Id}_{index}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = "" },
        };
        foreach (var part in call.Arguments.GetRawText().Chunk(reply.ChunkChars))
        {
            yield return new JsonObject
            {
                ["index"] = index, ["function"] = new JsonObject { ["arguments"] = new string(part) },
            };
        }
    }

    private static JsonObject Usage(StandInReply reply) => new()
    {
        ["prompt_tokens"] = reply.InputTokens,
        ["completion_tokens"] = reply.OutputTokens,
        ["total_tokens"] = reply.InputTokens + reply.OutputTokens,
        ["prompt_tokens_details"] = new JsonObject
        {
            ["cached_tokens"] = reply.CachedTokens, ["cache_write_tokens"] = reply.CacheWriteTokens,
        },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reply.ReasoningTokens },
    };
}
