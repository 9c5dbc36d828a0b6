namespace Baton.Channels;

/// <summary>
/// Something that happened to a ticket, or to the product, for programs that follow; without personal data.
/// </summary>
public sealed record OutgoingEvent : Outgoing
{
    /// <summary>
    /// <c>ticket.decided</c>, <c>ticket.escalated</c>, <c>sla.breached</c>, <c>alert.raised</c> or
    /// <c>alert.cleared</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>Null: of the product itself.</summary>
    public string? TicketId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What is said of it, by name: texts, numbers, flags and lists of texts.</summary>
    public required IReadOnlyDictionary<string, object?> Data { get; init; }
}
