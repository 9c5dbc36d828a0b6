namespace Baton.Conversations;

/// <summary>A ticket or a further message as a channel hands it over: raw, verified, not yet redacted.</summary>
public sealed record InboundTicket
{
    /// <summary>The sender's id of the ticket; 1 to 128 letters, digits or <c>. _ : # / -</c>.</summary>
    public required string TicketId { get; init; }

    /// <summary>Name of the channel, e.g. <c>email</c>.</summary>
    public string Channel { get; init; } = "api";

    /// <summary>
    /// Id of this delivery in its channel: the same id twice is the same delivery. Null means the ticket id for a new
    /// ticket.
    /// </summary>
    public string? ExternalId { get; init; }

    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    public string? CustomerTier { get; init; }

    public int? RecentTickets { get; init; }

    public string? Subject { get; init; }

    /// <summary>In the order they were written; the last one of the customer's is the one to decide on.</summary>
    public required IReadOnlyList<InboundText> Messages { get; init; }

    /// <summary>Values that came in fields of their own, such as <c>order_id</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>When the customer wrote; null means now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>One text of a ticket.</summary>
public sealed record InboundText(Author From, string Text);

/// <summary>What became of a delivery.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome() { }

    /// <summary>Stored and queued; it is on the disk.</summary>
    public sealed record Accepted(string ConversationId, int Turn) : IntakeOutcome;

    /// <summary>This delivery was accepted before; nothing changed.</summary>
    public sealed record Duplicate(string ConversationId, int Turn) : IntakeOutcome;

    /// <summary>It cannot be accepted as it is.</summary>
    /// <param name="Field">What is wrong.</param>
    /// <param name="Problem">With which value, and how to fix it.</param>
    public sealed record Rejected(string Field, string Problem) : IntakeOutcome;

    /// <summary>The ticket exists already and came through another channel.</summary>
    public sealed record Conflict(string Problem) : IntakeOutcome;

    /// <summary>There is no such ticket to add a message to.</summary>
    public sealed record NotFound(string TicketId) : IntakeOutcome;

    /// <summary>Too much is waiting; nothing was stored. Send it again later.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : IntakeOutcome;
}
