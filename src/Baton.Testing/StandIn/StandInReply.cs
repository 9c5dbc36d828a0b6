using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Testing.StandIn;

/// <summary>The content of an answer, before a protocol gives it a form.</summary>
internal sealed record StandInReply
{
    private const int Boundless = 100_000;

    private const string NotAModel = "This is Baton's stand-in server, not a model. It repeats what its script says.";

    public required string Id { get; init; }

    public required string Model { get; init; }

    public string Text { get; init; } = "";

    public string? Refusal { get; init; }

    public IReadOnlyList<StandInToolCall> ToolCalls { get; init; } = [];

    public int InputTokens { get; init; }

    public int CachedTokens { get; init; }

    public int CacheWriteTokens { get; init; }

    public int OutputTokens { get; init; }

    public int ReasoningTokens { get; init; }

    /// <summary>Alternatives to each token that are asked for; null: no probabilities are.</summary>
    public int? TopLogprobs { get; init; }

    /// <inheritdoc cref="StandInAnswer.Digits"/>
    public IReadOnlyDictionary<string, double>? Digits { get; init; }

    /// <summary>Whether usage is left out.</summary>
    public bool NoUsage { get; init; }

    public int ChunkChars { get; init; } = 12;

    public static StandInReply Of(StandInCall call, StandInPlan plan, string id)
    {
        var answer = plan.Answer;
        var refusal = answer.Refusal ?? (plan.Fault == StandInFault.Refusal ? "I can't help with that." : null);
        var text = refusal is null ? TextOf(call, answer) : "";
        if (plan.Fault == StandInFault.WrongSchema) text = """{"unexpected":[true]}""";
        return new StandInReply
        {
            Id = id,
            Model = answer.Model ?? call.Model,
            Text = text,
            Refusal = refusal,
            ToolCalls = refusal is null ? answer.ToolCalls : [],
            InputTokens = answer.InputTokens ?? call.InputTokens,
            CachedTokens = answer.CachedTokens,
            CacheWriteTokens = answer.CacheWriteTokens,
            OutputTokens = answer.FillsLimit
                ? call.MaxOutput ?? Boundless
                : answer.OutputTokens ?? Math.Max(1, (text.Length + (refusal?.Length ?? 0)) / 4),
            ReasoningTokens = answer.ReasoningTokens,
            TopLogprobs = call.TopLogprobs,
            Digits = answer.Digits,
            NoUsage = plan.Fault == StandInFault.WrongUsage,
            ChunkChars = Math.Max(1, answer.ChunkChars),
        };
    }

    /// <summary>The text in pieces as a stream sends it; never empty.</summary>
    public IEnumerable<string> Chunks()
    {
        var text = Refusal ?? Text;
        for (var start = 0; start < text.Length; start += ChunkChars)
            yield return text.Substring(start, Math.Min(ChunkChars, text.Length - start));
    }

    private static string QuoteOf(StandInCall call, StandInAnswer answer) => answer.Quote is null ? ""
        : JsonEncodedText.Encode(Regex.Match(
            call.LastUser, answer.Quote, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).Groups[1].Value)
                .ToString();

    private static string TextOf(StandInCall call, StandInAnswer answer)
    {
        if (answer.Json is { } json) return json.GetRawText();
        if (answer.Text is { } text)
            return text.Replace("{last_user_message}", call.LastUser).Replace("{quote}", QuoteOf(call, answer));
        if (answer.ToolCalls.Count > 0) return "";
        if (call.Schema is { } schema) return StandInSchema.Instance(schema).ToJsonString();
        return call.JsonMode ? new JsonObject { ["note"] = NotAModel }.ToJsonString() : NotAModel;
    }
}
