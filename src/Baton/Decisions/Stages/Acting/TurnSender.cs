using Baton.Conversations;
using Baton.Customers;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// Who asks. Names and addresses are kept with the messages; a turn asks for them when a tool is about to be called.
/// </summary>
internal static class TurnSender
{
    public static Identity Of(ConversationStore store, Conversation conversation)
    {
        var (sender, said) = store.Database.Read(c => (
            MessageRows.Sender(c, conversation.Id),
            conversation.IdentityAskedAt is { } asked ? MessageRows.AnswerTo(c, conversation.Id, asked) : null));
        return sender is { Verified: true } ? new Identity.Verified(conversation.CustomerId, sender.Email)
            : said is not null && VerifyingQuestion.Answer(said) is { } answer
                ? new Identity.Answered(conversation.CustomerId, sender?.Email, answer)
            : new Identity.Claimed(conversation.CustomerId, sender?.Email);
    }
}
