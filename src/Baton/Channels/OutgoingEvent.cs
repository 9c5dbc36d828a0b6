namespace Baton.Channels;

/// <summary>Something that happened to a ticket, for programs that follow; without personal data.</summary>
public sealed record OutgoingEvent : Outgoing
{
    /// <summary><c>ticket.decided</c>, <c>ticket.escalated</c> or <c>sla.breached</c>.</summary>
    public required string Type { get; init; }

    public required string TicketId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What is said of it, by name: texts, numbers, flags and lists of texts.</summary>
    public required IReadOnlyDictionary<string, object?> Data { get; init; }
}
