using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baton.Testing.StandIn;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Path">Path and query, exactly as sent.</param>
/// <param name="Headers">By name, in any letter case.</param>
public sealed record StandInRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What the script can match on, read out of either protocol.</summary>
internal sealed record StandInCall
{
    public required string Model { get; init; }

    public string LastUser { get; init; } = "";

    public string System { get; init; } = "";

    public string? Stage { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public bool AfterTool { get; init; }

    /// <summary>The schema that the answer shall have, or null.</summary>
    public JsonNode? Schema { get; init; }

    public bool JsonMode { get; init; }

    /// <summary>The output that the request allows; null without a limit.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>Alternatives to each token that are asked for with their probabilities; null: none are.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>Estimated at four characters per token.</summary>
    public int InputTokens { get; init; }

    /// <summary>Reads a chat request of either protocol, or throws what a 400 shall say.</summary>
    /// <exception cref="JsonException">The body is not JSON or lacks a required field.</exception>
    public static StandInCall Read(string body, string? stage)
    {
        var root = JsonNode.Parse(body) as JsonObject ?? throw new JsonException("expected a JSON object");
        var messages = root["messages"] as JsonArray ?? throw new JsonException("missing required field 'messages'");
        var last = messages.LastOrDefault();
        var format = root["response_format"] ?? root["output_config"]?["format"];
        return new StandInCall
        {
            Model = (string?)root["model"] ?? throw new JsonException("missing required field 'model'"),
            LastUser = Text(messages.LastOrDefault(m => IsUser(m) && !IsToolResult(m))?["content"]),
            System = Text(root["system"]) + string.Concat(messages.Where(IsSystem).Select(m => Text(m!["content"]))),
            Stage = stage,
            Stream = (bool?)root["stream"] ?? false,
            IncludeUsage = (bool?)root["stream_options"]?["include_usage"] ?? false,
            AfterTool = IsToolResult(last),
            Schema = format?["json_schema"]?["schema"] ?? format?["schema"],
            JsonMode = (string?)format?["type"] == "json_object",
            MaxOutput = (int?)(root["max_completion_tokens"] ?? root["max_tokens"]),
            TopLogprobs = (bool?)root["logprobs"] == true ? (int?)root["top_logprobs"] ?? 0 : null,
            InputTokens = Math.Max(1, body.Length / 4),
        };
    }

    private static bool IsUser(JsonNode? message) => (string?)message?["role"] == "user";

    private static bool IsSystem(JsonNode? message) => (string?)message?["role"] is "system" or "developer";

    private static bool IsToolResult(JsonNode? message) =>
        (string?)message?["role"] == "tool"
        || (message?["content"] as JsonArray)?.Any(part => (string?)part?["type"] == "tool_result") == true;

    private static string Text(JsonNode? content)
    {
        if (content is null) return "";
        if (content is not JsonArray parts) return content.GetValue<string>();
        var text = new StringBuilder();
        foreach (var part in parts) text.Append((string?)part?["text"]);
        return text.ToString();
    }
}
