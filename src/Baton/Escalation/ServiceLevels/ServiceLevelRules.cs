using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Escalation.ServiceLevels;

/// <summary>
/// What happens to the clocks of a ticket when something happens to the ticket. Pure: a table of facts and the facts
/// that follow; <c>docs/people.md</c> has it in words.
/// </summary>
public static class ServiceLevelRules
{
    /// <summary>Facts that follow, in order; none for a ticket without clocks.</summary>
    /// <param name="playbook">The one in force: its targets hold from the ticket's next event on.</param>
    /// <param name="before">The state the facts were decided on.</param>
    /// <param name="facts">What happened; none asks only what has expired.</param>
    public static IReadOnlyList<ConversationEvent> Follow(
        Playbook playbook, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var started = facts.Any(f => f is ConversationEvent.SlaStarted or ConversationEvent.Escalated);
        if (!started && before.ServiceLevel is null && before.Clocks.All.All(c => !c.IsOwed)) return [];
        var walk = new ClockWalk(playbook, before, at);
        walk.Expire(facts);
        foreach (var fact in facts) walk.Take(fact);
        walk.Retarget();
        walk.Warn();
        walk.Act();
        return walk.Facts;
    }
}
