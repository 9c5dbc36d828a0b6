using Baton.Conversations;

namespace Baton.Tests.Conversations;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_customer_who_writes_again_reopens_what_was_waiting_or_closed()
    {
        var waiting = new Conversation { Status = ConversationStatus.Waiting };
        var closed = new Conversation { Status = ConversationStatus.Closed };

        Assert.Equal(ConversationStatus.Open, waiting.Apply(Message("and now?"), At).Status);
        Assert.Equal(ConversationStatus.Open, closed.Apply(Message("it is back"), At).Status);
    }

    [Fact]
    public void A_message_to_an_escalated_conversation_leaves_it_with_the_team()
    {
        var escalated = new Conversation { Status = ConversationStatus.Escalated, Locked = true };

        Assert.Equal(ConversationStatus.Escalated, escalated.Apply(Message("hello?"), At).Status);
    }

    [Fact]
    public void Ten_thousand_messages_fold_in_one_pass()
    {
        var events = Enumerable.Range(1, 10_000).Select(i => ((ConversationEvent)Message($"message {i}"), At));

        var state = Conversation.Fold("c", events);

        Assert.Equal(10_000, state.CustomerMessages);
        Assert.Equal("message 10000", state.Transcript[^1].Text);
    }

    [Fact]
    public void Every_event_survives_being_written_and_read()
    {
        ConversationEvent fact = Message("hello");

        Assert.Equal(fact, ConversationJson.Read(ConversationJson.TypeOf(fact), ConversationJson.Write(fact)));
        Assert.Equal(typeof(ConversationEvent).GetNestedTypes().Length, ConversationJson.EventTypes.Count);
    }

    [Fact]
    public void An_event_of_a_newer_version_is_refused_with_a_hint() =>
        Assert.Contains("upgrade", Assert.Throws<InvalidOperationException>(
            () => ConversationJson.Read("FutureFact", "{}"u8)).Message, StringComparison.Ordinal);

    private static ConversationEvent.MessageReceived Message(string text) =>
        new("m", 1, Author.Customer, text, text.Length, false, At);
}
