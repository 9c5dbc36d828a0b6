using Baton.Conversations;
using Baton.Conversations.Promises;

namespace Baton.Escalation.Promised;

/// <summary>Whether what customers were promised was kept. Pure.</summary>
public static class PromiseRules
{
    /// <summary>Facts that follow, in order.</summary>
    /// <param name="before">The state the facts were decided on.</param>
    /// <param name="facts">What happened; none asks only what has expired.</param>
    public static IReadOnlyList<ConversationEvent> Follow(
        Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var (promise, call) = (before.Promises.Open, before.Promises.Callback);
        var follows = new List<ConversationEvent>(2);
        if (promise is not null && promise.By <= at) follows.Add(new ConversationEvent.PromiseBroken(promise.By));
        else if (promise is not null && facts.Any(IsContact))
            follows.Add(new ConversationEvent.PromiseKept(promise.By));
        if (call is { State: CallbackState.Open } && call.DueAt <= at)
            follows.Add(new ConversationEvent.CallbackMissed(call.DueAt));
        return follows;
    }

    /// <summary>The customer has heard from a person.</summary>
    private static bool IsContact(ConversationEvent fact) =>
        fact is ConversationEvent.AgentReplied or ConversationEvent.CallbackAttempted { Outcome: CallOutcome.Reached };
}
