using System.ComponentModel.DataAnnotations;

namespace Baton.Gateway;

/// <summary>Limits of the gateway that belong to the installation, not to the playbook.</summary>
public sealed record GatewayOptions : IValidatableObject
{
    /// <summary>Messages in one request. Default 500.</summary>
    [Range(1, 10_000)]
    public int MaxMessages { get; init; } = 500;

    /// <summary>Texts in one request for embeddings. Default 2,048.</summary>
    [Range(1, 100_000)]
    public int MaxEmbeddings { get; init; } = 2048;

    /// <summary>Input tokens of one request, by our estimate. Default 200,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxInputTokens { get; init; } = 200_000;

    /// <summary>Bytes of a request to the OpenAI-compatible endpoint. Default 4 MiB.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Longest silence inside a stream. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First wait before a second attempt when the provider gives no hint; doubles. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long receipts wait for others, because a commit costs more than what is in it. Attempts that begin do not
    /// wait. Default 20 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan ReceiptGather { get; init; } = TimeSpan.FromMilliseconds(20);

    public BreakerOptions Breaker { get; init; } = new();

    public ReceiptDropOptions Drop { get; init; } = new();

    /// <summary>
    /// Whether spans carry messages and answers (redacted). Off by default: a trace store is no place for customers'
    /// words.
    /// </summary>
    public bool TraceContent { get; init; }

    /// <summary>
    /// Tags of every receipt and of every span, metric and log, as <c>name=value,name=value</c>: who pays and for what.
    /// Usual names are <c>business-unit</c>, <c>system</c>, <c>environment</c> and <c>cost-center</c>. Tags of a call
    /// or a
    /// key stand over them. Default none.
    /// </summary>
    public string Tags { get; init; } = "";

    /// <summary><see cref="Tags"/> by name.</summary>
    internal IReadOnlyDictionary<string, string> TagList => field ??= Tags
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries)).Where(pair => pair is [{ Length: > 0 }, _])
        .GroupBy(pair => pair[0]).ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1]);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var pairs = Tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (pairs.FirstOrDefault(p => p.Split('=', 2) is not [{ Length: > 0 and <= 60 }, { Length: <= 120 }])
            is { } wrong)
            yield return new ValidationResult(
                $"has '{wrong}', write name=value,name=value, as in environment=production", [nameof(Tags)]);
    }
}

/// <summary>When a model at a provider is left alone for a while.</summary>
public sealed record BreakerOptions
{
    /// <summary>Share of failures that opens the breaker. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>
    /// Calls in the sampling time before the ratio counts. Default 3: with Polly's own default of 100 the
    /// breaker of a quiet provider would never open.
    /// </summary>
    [Range(2, 1_000_000)]
    public int MinimumThroughput { get; init; } = 3;

    /// <summary>Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan SamplingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open before one call may try. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(15);
}
