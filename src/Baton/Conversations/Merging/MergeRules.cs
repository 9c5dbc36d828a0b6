namespace Baton.Conversations.Merging;

/// <summary>When one ticket may be merged into another. Pure.</summary>
internal static class MergeRules
{
    /// <summary>Why not, or null.</summary>
    /// <param name="sameCustomer">Whether both are known to be of one customer.</param>
    public static string? Problem(Conversation from, Conversation into, bool sameCustomer)
    {
        if (from.Id == into.Id) return "a ticket cannot be merged into itself: name the other one";
        if (from.MergedInto is { } before) return $"the ticket was merged into {before} already";
        if (!IsPeoples(from)) return $"ticket {from.Id} is not with people: only open tickets of people are merged";
        if (!IsPeoples(into)) return $"ticket {into.Id} is not with people: merge into one that is open";
        if (!sameCustomer)
            return $"tickets {from.Id} and {into.Id} are not known to be of one customer: nobody reads another's messages";
        if (from.CustomerMessages > from.DecidedTurn)
            return $"Baton still reads the last message of ticket {from.Id}: try again in a moment";
        if (from.Unsent is { IsTakenBack: false })
            return $"a reply to ticket {from.Id} is about to leave: undo it, or try again in a moment";
        return from.Promises.Callback is { IsOwed: true }
            ? $"a call is owed on ticket {from.Id}: call first, or merge the other one into it" : null;
    }

    /// <summary>What happens to the one that goes.</summary>
    public static IReadOnlyList<ConversationEvent> Of(Conversation into, string by) =>
        [new ConversationEvent.MergedInto(into.Id, by)];

    /// <summary>What happens to the one that stays: it is as pressing as the more pressing of both.</summary>
    public static IReadOnlyList<ConversationEvent> Into(Conversation from, Conversation into, string by)
    {
        var merged = new ConversationEvent.MergedFrom(from.Id, by, Waits: !from.AwaitsCustomer);
        return into.Priority is { } priority && from.Priority > priority
            ? [merged, new ConversationEvent.PriorityRaised(priority, from.Priority.Value, $"merged with {from.Id}")]
            : [merged];
    }

    private static bool IsPeoples(Conversation state) =>
        state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;
}
