namespace Baton.Testing.StandIn;

/// <summary>Ways in which model servers misbehave.</summary>
public enum StandInFault
{
    /// <summary>429 with <c>Retry-After</c>.</summary>
    RateLimit,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>529, the code of an overloaded Anthropic server.</summary>
    Overloaded,

    /// <summary>No answer until the client goes away.</summary>
    Timeout,

    /// <summary>The first token comes a hundred times later than usual, at least one second.</summary>
    SlowFirstToken,

    /// <summary>The connection breaks after half of the answer.</summary>
    CutStream,

    /// <summary>A body or chunk that is not JSON.</summary>
    MalformedJson,

    /// <summary>JSON that does not fit the requested schema.</summary>
    WrongSchema,

    /// <summary>The model refuses.</summary>
    Refusal,

    /// <summary>No usage at all.</summary>
    WrongUsage,

    /// <summary>Every chunk after the first is sent twice. Only streams.</summary>
    DuplicatedChunks,
}

/// <summary>
/// Ends an answer in the middle: the server closes the connection without the last chunk. A reset would also throw away
/// what was sent before.
/// </summary>
internal sealed class StandInCut() : IOException("cut by the script");

/// <summary>Faults by chance.</summary>
/// <remarks><see cref="Every"/> lists the kinds that a whole answer can have.</remarks>
/// <param name="Probability">From 0 to 1, per request.</param>
/// <param name="Kinds">One of these, each as likely.</param>
public sealed record StandInChance(double Probability, IReadOnlyList<StandInFault> Kinds)
{
    /// <summary>Everything that can go wrong with an answer that is not streamed.</summary>
    public static readonly IReadOnlyList<StandInFault> Every =
    [
        StandInFault.RateLimit, StandInFault.ServerError, StandInFault.Overloaded, StandInFault.Timeout,
        StandInFault.CutStream, StandInFault.MalformedJson, StandInFault.WrongSchema, StandInFault.Refusal,
    ];
}

/// <summary>A log-normal time to the first token and a constant time between chunks.</summary>
public sealed record StandInLatency
{
    /// <summary>Median time to the first token in milliseconds. Default 0: at once.</summary>
    public double MedianMs { get; init; }

    /// <summary>99th percentile in milliseconds; default the median, so that every request takes as long.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Pause before each further chunk in milliseconds. Default 0.</summary>
    public double PerChunkMs { get; init; }

    /// <summary>The time that a uniform number stands for.</summary>
    internal TimeSpan Draw(double uniform)
    {
        if (MedianMs <= 0) return TimeSpan.Zero;
        const double zOf99 = 2.3263478740408408;
        var sigma = Math.Log(Math.Max(1, (P99Ms ?? MedianMs) / MedianMs)) / zOf99;
        return TimeSpan.FromMilliseconds(MedianMs * Math.Exp(sigma * Normal(uniform)));
    }

    /// <summary>Normal quantile by the logistic approximation; the exact tail does not matter here.</summary>
    private static double Normal(double uniform)
    {
        var p = Math.Clamp(uniform, 1e-6, 1 - 1e-6);
        return Math.Log(p / (1 - p)) / 1.702;
    }
}
