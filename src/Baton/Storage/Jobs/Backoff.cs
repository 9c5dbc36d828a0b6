namespace Baton.Storage.Jobs;

/// <summary>
/// How long to wait before the next attempt: doubling, limited, and spread so that failures do not march in step.
/// </summary>
internal static class Backoff
{
    /// <summary>Between half of the full delay and all of it.</summary>
    /// <param name="failures">Failed attempts so far, from 1.</param>
    /// <param name="firstMs">Full delay after the first failure.</param>
    /// <param name="limitMs">Full delay at most.</param>
    /// <param name="random">Seeded in tests.</param>
    public static TimeSpan Delay(int failures, int firstMs, int limitMs, Random random)
    {
        var full = Math.Min(firstMs * Math.Pow(2, failures - 1), limitMs);
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * random.NextDouble())));
    }
}
