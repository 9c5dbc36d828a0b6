namespace Baton.Gateway;

/// <summary>Limits of the gateway that belong to the installation, not to the playbook.</summary>
public sealed record GatewayOptions
{
    /// <summary>Messages in one request. Default 500, range 1–10,000.</summary>
    public int MaxMessages { get; init; } = 500;

    /// <summary>Texts in one request for embeddings. Default 2,048.</summary>
    public int MaxEmbeddings { get; init; } = 2048;

    /// <summary>Input tokens of one request, by our estimate. Default 200,000.</summary>
    public int MaxInputTokens { get; init; } = 200_000;

    /// <summary>Bytes of a request to the OpenAI-compatible endpoint. Default 4 MiB.</summary>
    public int MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Longest silence inside a stream. Default 30 s.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First wait before a second attempt when the provider gives no hint; doubles. Default 250 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long receipts wait for others, because a commit costs more than what is in it. Attempts that begin do not wait.
    /// Default 20 ms, range 0–1 s.
    /// </summary>
    public TimeSpan ReceiptGather { get; init; } = TimeSpan.FromMilliseconds(20);

    public BreakerOptions Breaker { get; init; } = new();

    /// <summary>
    /// Whether spans carry messages and answers (redacted). Off by default: a trace store is no place for customers'
    /// words.
    /// </summary>
    public bool TraceContent { get; init; }
}

/// <summary>When a model at a provider is left alone for a while.</summary>
public sealed record BreakerOptions
{
    /// <summary>Share of failures that opens the breaker. Default 0.5.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>
    /// Calls in the sampling time before the ratio counts. Default 3, least 2: with Polly's own default of 100 the
    /// breaker of a quiet provider would never open.
    /// </summary>
    public int MinimumThroughput { get; init; } = 3;

    /// <summary>Default 30 s.</summary>
    public TimeSpan SamplingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open before one call may try. Default 15 s.</summary>
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(15);
}
