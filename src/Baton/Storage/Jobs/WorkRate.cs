namespace Baton.Storage.Jobs;

/// <summary>How many jobs this process finishes in a second, over the last minute.</summary>
/// <remarks>Thread-safe. A process that has finished nothing lately knows no rate.</remarks>
internal sealed class WorkRate(TimeProvider clock)
{
    private const int Seconds = 60;

    private readonly Lock _gate = new();
    private readonly int[] _finished = new int[Seconds];
    private readonly long _origin = clock.GetTimestamp();
    private long _first = -1, _last = -1;

    /// <summary>Counts one job.</summary>
    public void Finished()
    {
        lock (_gate)
        {
            var now = Move();
            if (_first < 0) _first = now;
            _finished[now % Seconds]++;
        }
    }

    /// <summary>Jobs a second; null when nothing was finished in the last minute.</summary>
    public double? PerSecond()
    {
        lock (_gate)
        {
            var now = Move();
            var sum = _finished.Sum();
            if (sum == 0) return null;
            var exact = clock.GetElapsedTime(_origin).TotalSeconds;
            return sum / Math.Clamp(exact - _first, 1, Seconds - 1 + exact - now);
        }
    }

    /// <summary>Empties the seconds that have passed since the last call.</summary>
    private long Move()
    {
        var now = (long)clock.GetElapsedTime(_origin).TotalSeconds;
        if (now - _last >= Seconds) Array.Clear(_finished);
        else for (var second = _last + 1; second <= now; second++) _finished[second % Seconds] = 0;
        _last = now;
        return now;
    }
}
