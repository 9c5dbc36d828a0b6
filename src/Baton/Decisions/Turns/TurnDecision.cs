using Baton.Conversations;
using Baton.Escalation;

namespace Baton.Decisions.Turns;

/// <summary>Everything that is committed with a decision.</summary>
internal sealed record TurnDecision
{
    /// <summary>Facts in the order they go to the ledger.</summary>
    public required IReadOnlyList<ConversationEvent> Events { get; init; }

    /// <summary>Text for the customer with placeholders; null when nothing is said.</summary>
    public string? Text { get; init; }

    /// <summary>Row of the message table that will hold the text.</summary>
    public string? MessageId { get; init; }

    /// <summary>The policy's verdict; null when the turn was settled without it.</summary>
    public PolicyVerdict? Verdict { get; init; }
}
