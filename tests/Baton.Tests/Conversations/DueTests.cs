using Baton.Conversations;

namespace Baton.Tests.Conversations;

public sealed class DueTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ConversationStatus.Escalated, 30, 60, 30)]
    [InlineData(ConversationStatus.Escalated, 90, 60, 60)]
    [InlineData(ConversationStatus.Escalated, null, 60, 60)]
    [InlineData(ConversationStatus.Escalated, 30, null, 30)]
    [InlineData(ConversationStatus.Escalated, null, null, null)]
    [InlineData(ConversationStatus.Claimed, 30, 60, 60)]
    [InlineData(ConversationStatus.Claimed, 30, null, null)]
    [InlineData(ConversationStatus.Waiting, 30, 60, null)]
    [InlineData(ConversationStatus.Closed, 30, 60, null)]
    public void Is_the_sooner_of_promise_and_target_while_a_person_owes_something(
        ConversationStatus status, int? promised, int? target, int? due)
    {
        var ticket = new Conversation
        {
            Id = "T-1", Status = status, PromisedBy = promised is { } minutes ? At.AddMinutes(minutes) : null,
        };
        if (target is { } until)
            ticket = ticket.Apply(
                new ConversationEvent.SlaStarted("all", "resolution", At.AddMinutes(until)), At);

        Assert.Equal(due is { } expected ? At.AddMinutes(expected) : null, ticket.DueAt);
    }
}
