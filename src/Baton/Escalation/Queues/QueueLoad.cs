namespace Baton.Escalation.Queues;

/// <summary>How busy a queue is, as far as is known.</summary>
/// <param name="Open">Tickets that people have to work on.</param>
public sealed record QueueLoad(int Open)
{
    /// <summary>
    /// How many people's worth of work the queue gets, people of several queues in parts; null when nobody is on the
    /// roster, and only the queue's capacity is known.
    /// </summary>
    public double? Hands { get; init; }

    /// <summary>Whether somebody of it is online now; true when nobody is on the roster.</summary>
    public bool SomebodyThere { get; init; } = true;
}
