using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Testing.StandIn;

/// <summary>
/// What the stand-in model server says to whom, and how it misbehaves. The first rule that matches a request answers
/// it. Everything random follows from <see cref="Seed"/> and the request, so a run can be repeated.
/// </summary>
public sealed record StandInScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Seed of latencies and faults. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When set, requests with another key (bearer or <c>x-api-key</c>) get 401.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Models that <c>/models</c> lists. Any name is answered.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["stand-in"];

    /// <summary>Whether requests for token probabilities get 400, as from servers that have none.</summary>
    public bool RefusesLogprobs { get; init; }

    public IReadOnlyList<StandInRule> Rules { get; init; } = [];

    /// <summary>The answer when no rule matches.</summary>
    public StandInAnswer Otherwise { get; init; } = new();

    /// <summary>Faults by chance, on top of those that rules ask for.</summary>
    public StandInChance? Faults { get; init; }

    /// <summary>Latency where a rule names none. Default: none.</summary>
    public StandInLatency Latency { get; init; } = new();

    /// <summary>Requests that <see cref="StandInServer.Requests"/> keeps, the newest. Default 10,000.</summary>
    public int KeepRequests { get; init; } = 10_000;

    /// <summary>Reads a script; unknown fields are errors.</summary>
    /// <exception cref="JsonException">The text is not a script; the message names the place.</exception>
    public static StandInScript Parse(string json) =>
        JsonSerializer.Deserialize<StandInScript>(json, Json) ?? throw new JsonException("the script is null");
}

/// <summary>Which requests get which answer. Every matcher that is set must agree.</summary>
public sealed record StandInRule
{
    /// <summary>The requested model, exactly.</summary>
    public string? Model { get; init; }

    /// <summary>Part of the last user message, in any letter case.</summary>
    public string? Contains { get; init; }

    /// <summary>Regular expression over the last user message.</summary>
    public string? Matches { get; init; }

    /// <summary>Part of the system text, in any letter case.</summary>
    public string? SystemContains { get; init; }

    /// <summary>Value of the header <c>X-Baton-Stage</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>Whether the last message is the result of a tool.</summary>
    public bool? AfterTool { get; init; }

    /// <summary>The rule answers this many requests and is then passed over. Default: no bound.</summary>
    public int? Times { get; init; }

    public StandInAnswer Answer { get; init; } = new();

    /// <summary>Misbehaviour of this rule.</summary>
    public StandInFault? Fault { get; init; }

    /// <summary>Seconds in <c>Retry-After</c> when the fault is a rate limit. Default 1.</summary>
    public double RetryAfterSeconds { get; init; } = 1;

    public StandInLatency? Latency { get; init; }
}

/// <summary>What is answered. Counts that are not given are estimated at four characters per token.</summary>
public sealed record StandInAnswer
{
    /// <summary>
    /// Text; <c>{last_user_message}</c> stands for what the user said, <c>{quote}</c> for the piece that
    /// <see cref="Quote"/> finds in it, escaped for JSON.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Regular expression over the last user message; its first group is the quote.</summary>
    public string? Quote { get; init; }

    /// <summary>A JSON answer, instead of <see cref="Text"/>.</summary>
    public JsonElement? Json { get; init; }

    public IReadOnlyList<StandInToolCall> ToolCalls { get; init; } = [];

    /// <summary>
    /// What could have stood for a digit of the answer, by probability, such as <c>{"4": 0.7, "5": 0.3}</c>, where it is
    /// asked for. Default: the digit itself, for certain.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Digits { get; init; }

    /// <summary>A refusal, in each protocol's own form.</summary>
    public string? Refusal { get; init; }

    /// <summary>All input tokens, cached ones included.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public int CacheWriteTokens { get; init; }

    /// <summary>All output tokens, reasoning included.</summary>
    public int? OutputTokens { get; init; }

    public int ReasoningTokens { get; init; }

    /// <summary>
    /// Counts all the output that the request allowed, and 100,000 tokens when it named no limit: the dearest provider
    /// there can be.
    /// </summary>
    public bool FillsLimit { get; init; }

    /// <summary>Model name in the response; default the one that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>Characters per streamed chunk. Default 12.</summary>
    public int ChunkChars { get; init; } = 12;
}

/// <summary>A call of a tool that the answer makes.</summary>
public sealed record StandInToolCall(string Name, JsonElement Arguments);
