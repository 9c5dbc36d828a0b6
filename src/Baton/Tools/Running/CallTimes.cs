namespace Baton.Tools.Running;

/// <summary>
/// How long the last calls of one system took, against how long they take usually: the usual time follows slowly, so
/// that a system that has become slow is seen for hours. Not thread-safe.
/// </summary>
internal sealed class CallTimes
{
    /// <summary>Calls that a median is made of.</summary>
    private const int Few = 7;

    /// <summary>Calls before the usual time is known.</summary>
    private const int Learnt = 20;

    /// <summary>Share of the way to the newest call that the usual time goes.</summary>
    private const double Step = 0.002;

    /// <summary>Below this nobody waits: twice nothing is nothing.</summary>
    private const double UnnoticedMs = 250;

    /// <summary>How long a call counts as one of the last.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    private readonly Queue<double> _last = new();
    private double _usual;
    private int _seen;
    private DateTimeOffset _at;

    public void Add(double ms, DateTimeOffset now)
    {
        _at = now;
        _last.Enqueue(ms);
        if (_last.Count > Few) _last.Dequeue();
        // One call that hangs must not move what is usual by much.
        _usual = _seen++ < Learnt ? _usual + ((ms - _usual) / _seen)
            : _usual + (Step * (Math.Min(ms, 4 * Math.Max(_usual, UnnoticedMs)) - _usual));
    }

    /// <summary>Median of the last calls as a multiple of the usual time; null while too little is known.</summary>
    public double? Slower(DateTimeOffset now)
    {
        if (_seen < Learnt + Few || now - _at > Fresh) return null;
        var median = _last.Order().ElementAt(_last.Count / 2);
        return median < UnnoticedMs ? 1 : median / Math.Max(_usual, UnnoticedMs);
    }
}
