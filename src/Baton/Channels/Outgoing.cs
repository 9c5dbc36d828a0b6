namespace Baton.Channels;

/// <summary>What a channel sends.</summary>
public abstract record Outgoing
{
    private protected Outgoing() { }

    /// <summary>
    /// Names the effect and stays the same over all attempts: the other side refuses repetitions by it.
    /// </summary>
    public required string IdempotencyKey { get; init; }
}

/// <summary>A text to a customer, with the real values back in.</summary>
public sealed record OutgoingText : Outgoing
{
    public required string TicketId { get; init; }

    /// <summary>Place among the messages of the ticket, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Who says it: <c>baton</c> or <c>agent</c>.</summary>
    public required string From { get; init; }

    /// <summary>
    /// What kind of text it is: the outcome of its decision, such as <c>replied</c>, <c>asked</c> or <c>escalated</c>.
    /// </summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Subject { get; init; }

    /// <summary>The ticket as its channel calls it, from <c>ExternalId</c> of the delivery that opened it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The customer's last message before this text, as its channel calls it.</summary>
    public string? AnswersId { get; init; }

    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    /// <summary>Number of the customer's telephone, <c>+…</c>, where the channel gave one.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>When the customer's last message before this text came.</summary>
    public DateTimeOffset? CustomerWroteAt { get; init; }

    /// <summary>What goes with it.</summary>
    public IReadOnlyList<OutgoingFile> Files { get; init; } = [];

    /// <summary>
    /// Whether an earlier attempt may have sent it: a channel whose other side knows no name for it looks first.
    /// </summary>
    public bool IsRepeated { get; init; }
}

/// <summary>A file of a person's reply.</summary>
/// <param name="Type">By content.</param>
public sealed record OutgoingFile(string Name, string Type, ReadOnlyMemory<byte> Body);
