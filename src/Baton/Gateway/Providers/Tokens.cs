using System.Text;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Tokens of one attempt. Input is the total, with what came from and went to a cache.</summary>
/// <param name="Input">All input.</param>
/// <param name="CachedInput">Part of <paramref name="Input"/> that the provider read from its cache.</param>
/// <param name="CacheWrite">Part of <paramref name="Input"/> that the provider wrote to its cache.</param>
/// <param name="Output">All output, reasoning included.</param>
public readonly record struct Tokens(long Input, long CachedInput, long CacheWrite, long Output)
{
    private const string CacheWriteName = "cache_write_tokens";

    /// <summary>What Anthropic's SDK calls the same.</summary>
    private const string AnthropicCacheWriteName = "CacheCreationInputTokens";

    /// <summary>Part of <see cref="Output"/> that was reasoning.</summary>
    public long Reasoning { get; init; }

    internal static void SetCacheWrite(UsageDetails usage, long? tokens)
    {
        if (tokens is { } count) (usage.AdditionalCounts ??= [])[CacheWriteName] = count;
    }

    /// <summary>
    /// Two reports of one attempt as one. Anthropic reports input first and output last, others a running total with
    /// every piece, so of each count the larger is right and a sum never is.
    /// </summary>
    internal static UsageDetails Largest(UsageDetails? one, UsageDetails two)
    {
        if (one is null) return two;
        var both = new UsageDetails
        {
            InputTokenCount = Larger(one.InputTokenCount, two.InputTokenCount),
            OutputTokenCount = Larger(one.OutputTokenCount, two.OutputTokenCount),
            TotalTokenCount = Larger(one.TotalTokenCount, two.TotalTokenCount),
            CachedInputTokenCount = Larger(one.CachedInputTokenCount, two.CachedInputTokenCount),
            ReasoningTokenCount = Larger(one.ReasoningTokenCount, two.ReasoningTokenCount),
        };
        foreach (var (name, count) in (one.AdditionalCounts ?? []).Concat(two.AdditionalCounts ?? []))
        {
            both.AdditionalCounts ??= [];
            both.AdditionalCounts[name] = Math.Max(count, both.AdditionalCounts.GetValueOrDefault(name));
        }
        return both;
    }

    /// <summary>What a later running total adds to an earlier one.</summary>
    internal static UsageDetails Increment(UsageDetails? before, UsageDetails after)
    {
        if (before is null) return after;
        var added = new UsageDetails
        {
            InputTokenCount = after.InputTokenCount - (before.InputTokenCount ?? 0),
            OutputTokenCount = after.OutputTokenCount - (before.OutputTokenCount ?? 0),
            TotalTokenCount = after.TotalTokenCount - (before.TotalTokenCount ?? 0),
            CachedInputTokenCount = after.CachedInputTokenCount - (before.CachedInputTokenCount ?? 0),
            ReasoningTokenCount = after.ReasoningTokenCount - (before.ReasoningTokenCount ?? 0),
        };
        foreach (var (name, count) in after.AdditionalCounts ?? [])
            (added.AdditionalCounts ??= [])[name] = count - (before.AdditionalCounts?.GetValueOrDefault(name) ?? 0);
        return added;
    }

    private static long? Larger(long? one, long? two) => one is null || two > one ? two : one;

    internal static Tokens Of(UsageDetails usage) => new(
        usage.InputTokenCount ?? 0,
        usage.CachedInputTokenCount ?? 0,
        CacheWrites(usage),
        usage.OutputTokenCount ?? 0)
    {
        Reasoning = usage.ReasoningTokenCount ?? 0,
    };

    private static long CacheWrites(UsageDetails usage) => usage.AdditionalCounts is not { } counts
        ? 0
        : counts.GetValueOrDefault(CacheWriteName) + counts.GetValueOrDefault(AnthropicCacheWriteName);

    /// <summary>
    /// An estimate of tokens without any model's tokenizer: one per four bytes of UTF-8 and four per message. Right on
    /// average for English, high for other scripts, which is the safe side for a budget.
    /// </summary>
    public static long Estimate(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var carried = Calls.Carried.Of(options);
        if (carried.Raw is { } body) return Calls.RawRequest.Estimate(body);
        var tokens = Bytes(options?.Instructions) / 4 + carried.Extra.Sum(f => Bytes(f.Value.GetRawText())) / 4;
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            tokens += Bytes(schema.GetRawText()) / 4;
        foreach (var message in messages)
        {
            tokens += 4;
            foreach (var content in message.Contents) tokens += Estimate(content);
        }
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
            tokens += (Bytes(tool.Description) + Bytes(tool.JsonSchema.GetRawText())) / 4 + 4;
        return Math.Max(1, tokens);
    }

    /// <summary>The estimate for one piece of content; an image counts as 1,000.</summary>
    public static long Estimate(AIContent content) => content switch
    {
        TextContent text => (Bytes(text.Text) + 3) / 4,
        TextReasoningContent reasoning => (Bytes(reasoning.Text) + 3) / 4,
        FunctionCallContent call => (Bytes(call.Name) + Bytes(ToolText.Arguments(call))) / 4 + 4,
        FunctionResultContent result => Bytes(ToolText.Of(result)) / 4 + 4,
        ErrorContent error => (Bytes(error.Message) + 3) / 4,
        DataContent or UriContent => 1000,
        _ => 0,
    };

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
