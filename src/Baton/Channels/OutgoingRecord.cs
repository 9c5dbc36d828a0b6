namespace Baton.Channels;

/// <summary>
/// What was decided about a ticket, for the system that keeps it: for people there, never for the customer.
/// </summary>
public sealed record OutgoingRecord : Outgoing
{
    public required string TicketId { get; init; }

    /// <summary>The ticket as the other side calls it; null when it does not have it yet.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Channel that the ticket came by.</summary>
    public required string Channel { get; init; }

    /// <summary>The customer's message that was decided on, by its number from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>
    /// Word of the outcome, such as <c>replied</c> or <c>escalated</c>; <c>claimed</c> when a person has
    /// it, <c>closed</c> when it is over.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>Word of the route, such as <c>l1</c>.</summary>
    public required string Route { get; init; }

    /// <summary>Word of the priority, such as <c>high</c>.</summary>
    public required string Priority { get; init; }

    public string? Queue { get; init; }

    public string? Intent { get; init; }

    /// <summary>0 to 1.</summary>
    public double Confidence { get; init; }

    public string? Subject { get; init; }

    /// <summary>The handoff as people read it, with the real values; null when nobody has to take over.</summary>
    public string? Note { get; init; }

    /// <summary>The same with placeholders for personal data.</summary>
    public string? PublicNote { get; init; }

    /// <summary>Why people take over, in a sentence with placeholders.</summary>
    public string? Why { get; init; }

    /// <summary>Who has it, when it was claimed.</summary>
    public string? By { get; init; }

    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the ticket is done with.</summary>
    public bool IsClosed => Outcome == Closed;

    /// <summary>Whether people take over.</summary>
    public bool IsHandoff => Note is not null;

    internal const string Closed = "closed";
}
