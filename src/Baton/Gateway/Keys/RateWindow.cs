using System.Collections.Concurrent;

namespace Baton.Gateway.Keys;

/// <summary>
/// Requests per minute and key, as a bucket that refills all the time. Processes share the rate evenly.
/// </summary>
/// <param name="processes">How many there are now.</param>
internal sealed class RateWindow(TimeProvider clock, Func<int> processes)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    /// <summary>Takes one request; otherwise the time until there is room.</summary>
    public TimeSpan? Take(VirtualKey key)
    {
        if (key.RequestsPerMinute is not { } limit) return null;
        var perMinute = (double)limit / processes();
        var most = Math.Max(1, perMinute);
        var bucket = _buckets.GetOrAdd(key.Id, _ => new Bucket { Left = most, At = clock.GetTimestamp() });
        lock (bucket)
        {
            var now = clock.GetTimestamp();
            var refill = clock.GetElapsedTime(bucket.At, now).TotalMinutes * perMinute;
            bucket.Left = Math.Min(most, bucket.Left + refill);
            bucket.At = now;
            if (bucket.Left < 1) return TimeSpan.FromMinutes((1 - bucket.Left) / perMinute);
            bucket.Left--;
            return null;
        }
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
