namespace Baton.Conversations;

/// <summary>Which events cannot belong to the decision before them.</summary>
internal static class DecisionBoundary
{
    /// <summary>Everything but what a decision's own commit holds starts something new.</summary>
    public static bool Ends(ConversationEvent fact) => fact is not (
        ConversationEvent.OfferMade or ConversationEvent.DraftWritten or ConversationEvent.ReplySent
        or ConversationEvent.QuestionAsked or ConversationEvent.Held or ConversationEvent.Escalated
        or ConversationEvent.Locked or ConversationEvent.FallbackScheduled or ConversationEvent.CallbackScheduled
        or ConversationEvent.TicketRecorded
        or ConversationEvent.SlaStarted);
}
