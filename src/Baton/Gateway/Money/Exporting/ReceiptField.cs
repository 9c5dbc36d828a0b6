using System.Globalization;
using System.Text.Json;

namespace Baton.Gateway.Money.Exporting;

/// <summary>One field of an exported receipt.</summary>
/// <param name="Type">Text, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/> or <see cref="bool"/>.</param>
internal sealed record ReceiptField(string Name, Type Type, Func<PlacedReceipt, object?> Value)
{
    /// <summary>
    /// Every field in its order. <c>cost_nanos</c> is exact in every format: sums of it are those of Baton. Nothing is
    /// what anybody wrote.
    /// </summary>
    public static readonly IReadOnlyList<ReceiptField> All =
    [
        new("place", typeof(long), r => r.Place),
        new("id", typeof(string), r => r.Receipt.Id),
        new("call_id", typeof(string), r => r.Receipt.CallId),
        new("attempt", typeof(long), r => (long)r.Receipt.Attempt),
        new("at", typeof(string), r => Time(r.Receipt.At)),
        new("stage", typeof(string), r => r.Receipt.Stage),
        new("tier", typeof(string), r => r.Receipt.Tier),
        new("model", typeof(string), r => r.Receipt.Model),
        new("provider", typeof(string), r => r.Receipt.Provider),
        new("served_model", typeof(string), r => r.Receipt.ServedModel),
        new("status", typeof(string), r => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{r.Receipt.Status}")),
        new("input_tokens", typeof(long), r => r.Receipt.Tokens.Input),
        new("cached_input_tokens", typeof(long), r => r.Receipt.Tokens.CachedInput),
        new("cache_write_tokens", typeof(long), r => r.Receipt.Tokens.CacheWrite),
        new("output_tokens", typeof(long), r => r.Receipt.Tokens.Output),
        new("reasoning_tokens", typeof(long), r => r.Receipt.Tokens.Reasoning),
        new("estimated", typeof(bool), r => r.Receipt.Estimated),
        new("cost_usd", typeof(decimal), r => r.Receipt.Cost.Amount),
        new("cost_nanos", typeof(long), r => r.Receipt.Cost.Nanos),
        new("saved_nanos", typeof(long), r => r.Receipt.Saved.Nanos),
        new("prices_dated", typeof(string), r => r.Receipt.PricesDated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("latency_ms", typeof(double), r => r.Receipt.LatencyMs),
        new("first_token_ms", typeof(double), r => r.Receipt.FirstTokenMs),
        new("error", typeof(string), r => r.Receipt.Error),
        new("ticket", typeof(string), r => r.Receipt.Ticket),
        new("customer", typeof(string), r => r.Receipt.Customer),
        new("key", typeof(string), r => r.Receipt.Key),
        new("batch", typeof(bool), r => r.Receipt.Batch),
        new("tags", typeof(string), r => JsonSerializer.Serialize(r.Receipt.Tags)),
    ];

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
