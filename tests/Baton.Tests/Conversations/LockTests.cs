using Baton.Conversations;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Conversations;

public sealed class LockTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Everything that can happen to a conversation besides a person's unlocking it.</summary>
    private static readonly ConversationEvent[] Happenings =
    [
        new ConversationEvent.MessageReceived("m", 1, Author.Customer, "hello", 5, false, At),
        new ConversationEvent.Claimed("ann"), new ConversationEvent.Released("ann"),
        new ConversationEvent.Rerouted("l1", "l2", "ann", "skill"),
        new ConversationEvent.AgentReplied("m", "ann", "hi"),
        new ConversationEvent.Closed("ann", "done"), new ConversationEvent.Reopened("again"),
        new ConversationEvent.Rated(5, null), new ConversationEvent.SlaBreached("first_reply", At),
        new ConversationEvent.ResolutionAssumed("silence"), new ConversationEvent.ResolutionWithdrawn("returned"),
        new ConversationEvent.Held(1, null, "locked", null),
    ];

    [Fact]
    public void No_sequence_of_events_opens_a_locked_conversation_but_a_persons_unlocking()
    {
        var sequences = Gen.Choose(0, Happenings.Length - 1).ListOf()
            .Select(indices => indices.Select(i => Happenings[i]).ToList());

        Prop.ForAll(Arb.From(sequences), events =>
        {
            var state = new Conversation { Id = "c" }.Apply(new ConversationEvent.Locked("escalated"), At);
            state = events.Aggregate(state, (s, e) => s.Apply(e, At));
            var unlocked = state.Apply(new ConversationEvent.Unlocked("ann"), At);
            return state.Locked && !unlocked.Locked;
        }).QuickCheckThrowOnFailure();
    }
}
