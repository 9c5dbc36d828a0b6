namespace Baton.Gateway.Calls;

/// <summary>A time limit on a clock.</summary>
internal readonly record struct TimeLimit(TimeProvider Clock, TimeSpan Limit)
{
    /// <summary>A source that is cancelled when the limit is over, at once when it is over already.</summary>
    public CancellationTokenSource Start() => new(Limit > TimeSpan.Zero ? Limit : TimeSpan.Zero, Clock);
}
