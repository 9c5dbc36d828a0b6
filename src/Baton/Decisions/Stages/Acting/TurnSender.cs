using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Customers;
using Baton.Storage;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// Who asks. Names and addresses are kept with the messages; a turn asks for them when a tool is about to be called.
/// </summary>
internal static class TurnSender
{
    /// <summary>Messages that are looked at for an address.</summary>
    private const int Looked = 20;

    public static Identity Of(ConversationStore store, Conversation conversation)
    {
        var (sender, stated) = store.Database.Read(c => MessageRows.Sender(c, conversation.Id) is var sender
            && sender is { Verified: true } ? (sender, null) : (sender, Stated(c, conversation, sender)));
        return sender is { Verified: true } ? new Identity.Verified(conversation.CustomerId, sender.Email)
            : stated is not null ? new Identity.Answered(conversation.CustomerId, sender?.Email, stated)
            : new Identity.Claimed(conversation.CustomerId, sender?.Email);
    }

    /// <summary>
    /// What was answered to the question; before it was asked, the address in the customer's own words. Whoever writes
    /// from an address has stated that one, and none in the text beside it.
    /// </summary>
    private static string? Stated(ReadConnection connection, Conversation conversation, SenderJson? sender)
    {
        if (conversation.IdentityAskedAt is { } asked)
            return MessageRows.AnswerTo(connection, conversation.Id, asked) is { } said
                ? VerifyingQuestion.Answer(said) : null;
        return sender?.Email is not null ? null : VerifyingQuestion.Stated(
            MessageRows.Of(connection, conversation.Id, Looked).Where(m => m.Author == Author.Customer)
                .SelectMany(m => (IEnumerable<string>)[m.Subject ?? "", m.Body]));
    }
}
