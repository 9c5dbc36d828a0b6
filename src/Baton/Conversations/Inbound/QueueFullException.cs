namespace Baton.Conversations.Inbound;

/// <summary>
/// Too many turns are waiting: undoes the delivery's transaction, which becomes <see cref="IntakeOutcome.Busy"/>.
/// </summary>
internal sealed class QueueFullException(long waiting, TimeSpan retryAfter) : Exception($"{waiting} turns are waiting")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
