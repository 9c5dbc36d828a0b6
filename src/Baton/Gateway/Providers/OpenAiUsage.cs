using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Reads what a provider says it counted, in Baton's terms: all input, all output.</summary>
internal static class OpenAiUsage
{
    /// <summary>The usage of a completion or of a chunk; null without one.</summary>
    public static UsageDetails? Read(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object) return null;
        var (input, output) = (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"));
        var total = Count(usage, "total_tokens");
        var reasoning = Detail(usage, "completion_tokens_details", "reasoning_tokens");
        var details = new UsageDetails
        {
            // Input that OpenAI reports includes what came from its cache, which is how Baton counts.
            InputTokenCount = input,
            OutputTokenCount = Output(input, output, total, reasoning),
            TotalTokenCount = total,
            CachedInputTokenCount = Detail(usage, "prompt_tokens_details", "cached_tokens"),
            ReasoningTokenCount = reasoning,
        };
        Tokens.SetCacheWrite(details, Detail(usage, "prompt_tokens_details", "cache_write_tokens"));
        return details;
    }

    /// <summary>
    /// OpenAI counts reasoning within the completion. Some servers count it beside: then the total says so, or the part
    /// is larger than its whole.
    /// </summary>
    private static long? Output(long? input, long? output, long? total, long? reasoning)
    {
        if (output is not { } said || reasoning is not > 0) return output;
        var beside = reasoning > said || (total is { } all && all == (input ?? 0) + said + reasoning);
        return beside ? said + reasoning : said;
    }

    private static long? Count(JsonElement usage, string name) =>
        OpenAiResponseJson.Number(usage, name) is { } count ? Math.Max(0, count) : null;

    private static long? Detail(JsonElement usage, string group, string name) =>
        usage.TryGetProperty(group, out var details) && details.ValueKind == JsonValueKind.Object
            ? Count(details, name)
            : null;
}
