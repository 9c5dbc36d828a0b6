namespace Baton.Conversations.Replies;

/// <summary>A person's reply that the customer does not have.</summary>
/// <param name="At">When it was written.</param>
public sealed record UnsentReply(ConversationEvent.ReplyWritten Written, DateTimeOffset At)
{
    /// <summary>Whether it was stopped: it leaves only when it is written again.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>What is a fact once it has left.</summary>
    public IReadOnlyList<ConversationEvent> Left() =>
    [
        .. Written.DraftTurn is not { } turn ? Array.Empty<ConversationEvent>()
            : [Written.Changed ? new ConversationEvent.DraftEdited(turn, Written.By)
                : new ConversationEvent.DraftSent(turn, Written.By)],
        new ConversationEvent.AgentReplied(Written.MessageId, Written.By, Written.Text, At),
    ];
}
