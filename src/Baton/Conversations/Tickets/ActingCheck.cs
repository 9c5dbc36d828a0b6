namespace Baton.Conversations.Tickets;

/// <summary>Whether somebody may act on what they saw. Pure.</summary>
internal static class ActingCheck
{
    /// <summary>Why not, for the person to read, or null.</summary>
    /// <param name="by">As the record would name who acts.</param>
    /// <param name="since">What happened after the version that was seen.</param>
    public static string? Problem(
        Conversation state, Acting acting, string by, IEnumerable<ConversationEvent> since)
    {
        foreach (var fact in since)
            if (What(fact, by) is { } what)
                return $"{what} since you looked: you saw version {acting.Seen}, now it is {state.Version}. "
                    + "Look at the ticket again, then repeat";
        return !acting.OnOthers && state.Status == ConversationStatus.Claimed && state.ClaimedBy != by
            ? $"{state.ClaimedBy} has claimed the ticket: ask for its release, or a lead to act"
            : null;
    }

    /// <summary>What people do, and what the customer wrote: nobody acts without having seen it.</summary>
    private static string? What(ConversationEvent fact, string by) => fact switch
    {
        ConversationEvent.MessageReceived { From: Author.Customer } => "the customer wrote",
        ConversationEvent.Claimed e => Who(e.By, by) + " claimed it",
        ConversationEvent.OfferAccepted e => Who(e.By, by) + " accepted it",
        ConversationEvent.Assigned e => Who(e.To, by) + " got it",
        ConversationEvent.HandedOver e => e.To is { } to ? $"{Who(to, by)} got it from {e.From}, who is out of office"
            : $"it went back to its queue: {e.From} is out of office",
        ConversationEvent.Released e => Who(e.By, by) + " released it",
        ConversationEvent.Rerouted e => $"{Who(e.By, by)} moved it to {e.To}",
        // One that had waited was seen when it was written.
        ConversationEvent.AgentReplied { WrittenAt: null } e => Who(e.By, by) + " replied",
        ConversationEvent.ReplyWritten e => Who(e.By, by) + " replied",
        ConversationEvent.ReplyTakenBack e => Who(e.By, by) + " took a reply back",
        ConversationEvent.DraftDiscarded e => Who(e.By, by) + " discarded the draft",
        ConversationEvent.MergedInto e => $"{Who(e.By, by)} merged it into {e.TicketId}",
        ConversationEvent.MergedFrom e => $"{Who(e.By, by)} merged {e.TicketId} into it",
        ConversationEvent.Unlocked e => Who(e.By, by) + " gave it back to automation",
        ConversationEvent.Closed e => Who(e.By, by) + " closed it",
        _ => null,
    };

    private static string Who(string acted, string by) => acted == by ? "you" : acted;
}
