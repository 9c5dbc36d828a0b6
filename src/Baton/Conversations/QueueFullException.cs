namespace Baton.Conversations;

/// <summary>Too many turns are waiting: undoes the delivery's transaction, which becomes <see cref="IntakeOutcome.Busy"/>.</summary>
internal sealed class QueueFullException(int limit) : Exception($"{limit} turns are waiting, which is the limit");
