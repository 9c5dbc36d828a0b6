namespace Baton.Conversations.Tallies;

/// <summary>
/// Latencies in steps of a quarter of a doubling, so that percentiles of any days are added up from counts: what is
/// shown is the upper end of a step, at most 19 % above the latency itself.
/// </summary>
public static class LatencyStep
{
    private const double PerDoubling = 4;

    /// <summary>The step of a latency; 0 up to one millisecond.</summary>
    public static int Of(double latencyMs) =>
        latencyMs <= 1 ? 0 : (int)Math.Ceiling(PerDoubling * Math.Log2(latencyMs) - 1e-9);

    /// <summary>Its upper end, milliseconds.</summary>
    public static double UpperMs(int step) => Math.Pow(2, step / PerDoubling);
}
