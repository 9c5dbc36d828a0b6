using Baton.Conversations;
using Baton.Storage;
using Baton.Triage;

namespace Baton.Insights;

/// <summary>A resolution that counted is withdrawn when the customer comes back with more than thanks.</summary>
internal static class ReturnKeeper
{
    /// <inheritdoc cref="FollowUp"/>
    public static IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at) =>
        before.Tally.IsResolved && facts.Any(ComesBack)
            ? [new ConversationEvent.ResolutionWithdrawn("the customer came back")]
            : [];

    private static bool ComesBack(ConversationEvent fact) =>
        fact is ConversationEvent.MessageReceived { From: Author.Customer, Automatic: null, Text: var text }
        && !Courtesies.Is(text) && !SolvedWords.Say(text);
}
