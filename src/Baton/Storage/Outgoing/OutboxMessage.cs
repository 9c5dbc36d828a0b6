namespace Baton.Storage.Outgoing;

/// <summary>An effect on the outside that was decided together with the events it follows from.</summary>
internal sealed record OutboxMessage
{
    /// <summary>
    /// Names the effect. The same key twice is one effect; the other side gets it to refuse repetitions.
    /// </summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Messages of one key are sent in order: the conversation.</summary>
    public required string Key { get; init; }

    /// <summary>Who sends it, for example the name of a channel.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON for the sender.</summary>
    public required string Payload { get; init; }

    /// <summary>Whether it was tried before: it may have been sent, and nobody wrote that down.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether a person wants it to be sent, whatever held it.</summary>
    public bool IsByPerson { get; init; }
}

/// <summary>How an attempt to send ended. An exception is a failure that may pass.</summary>
internal abstract record SendOutcome
{
    private SendOutcome() { }

    /// <param name="Receipt">What the other side calls it, if it said so.</param>
    public sealed record Delivered(string? Receipt = null) : SendOutcome;

    /// <summary>The other side will never take it: another attempt cannot help.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>It may work later.</summary>
    /// <param name="After">When the other side said so; the back-off decides when it would be longer.</param>
    public sealed record Retry(string Reason, TimeSpan? After = null) : SendOutcome;

    /// <summary>There is nobody who could send it. It stays until somebody releases it.</summary>
    public sealed record Held(string Reason) : SendOutcome;
}

/// <summary>Sends one message to the outside, at least once; see <see cref="OutboxMessage.IdempotencyKey"/>.</summary>
internal delegate Task<SendOutcome> Sender(OutboxMessage message, CancellationToken cancellationToken);

/// <summary>A message and where it is on its way.</summary>
internal sealed record OutboxView
{
    public required long Id { get; init; }

    public required OutboxMessage Message { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when it is delivered or given up.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    public required DateTimeOffset? GaveUpAt { get; init; }

    /// <summary>When it was put aside because nobody can send it.</summary>
    public required DateTimeOffset? HeldAt { get; init; }

    /// <summary>Whether the other side refused it for good.</summary>
    public required bool IsRefused { get; init; }

    public required string? Receipt { get; init; }

    public required string? Error { get; init; }
}

/// <summary>When a message was written and what became of it, without what it says.</summary>
internal sealed record SentText(
    string Kind, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? GaveUpAt,
    DateTimeOffset? HeldAt, bool IsRefused, string? Error);

/// <summary>Messages of one kind that nobody can send.</summary>
internal sealed record HeldMessages(string Kind, int Count, string Why);
