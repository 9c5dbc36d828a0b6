using Baton.Conversations;
using Baton.Conversations.Tickets;

namespace Baton.Tests.Conversations;

public sealed class PersonActionTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_who_has_claimed_it_gives_a_conversation_back_to_automation()
    {
        var escalated = new Conversation { Status = ConversationStatus.Escalated, Locked = true };

        Assert.Contains("claim it first", PersonActions.Decide(escalated, new PersonAction.Unlock(), "ann").Problem,
            StringComparison.Ordinal);

        var claimed = Apply(escalated, new PersonAction.Claim());
        Assert.False(Apply(claimed, new PersonAction.Unlock()).Locked);
    }

    [Fact]
    public void People_do_not_work_on_what_automation_has() =>
        Assert.NotNull(PersonActions.Decide(new Conversation(), new PersonAction.Claim(), "ann").Problem);

    private static Conversation Apply(Conversation state, PersonAction action) =>
        PersonActions.Decide(state, action, "ann").Facts.Aggregate(state, (s, f) => s.Apply(f, At));
}
