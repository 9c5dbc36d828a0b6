namespace Baton.Conversations.Solving;

/// <summary>What came of a customer's word that it is solved.</summary>
internal enum SolvedAnswer
{
    /// <summary>Nobody has the ticket: it is closed, and its place in a queue and its clocks are free.</summary>
    Closed,

    /// <summary>A person has it, or the customer wrote more since: the person decides.</summary>
    Told,

    /// <summary>It was closed before, or is about something else by now.</summary>
    Over,
}

/// <summary>Takes the customer's word that an offered passage solved the matter.</summary>
internal sealed class Resolutions(ConversationStore store, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>What the word would do now.</summary>
    public static SolvedAnswer Of(Conversation state, int turn) => state switch
    {
        { OfferedTurn: var offered } when offered != turn => SolvedAnswer.Over,
        { Status: ConversationStatus.Claimed } => SolvedAnswer.Told,
        // What was written after the offer may be anything, and nobody has looked at it.
        { Status: ConversationStatus.Escalated } => state.CustomerMessages > turn ? SolvedAnswer.Told
            : SolvedAnswer.Closed,
        // Offered beside a question, which was not answered since.
        { Status: ConversationStatus.Waiting } when state.CustomerMessages == turn => SolvedAnswer.Closed,
        _ => SolvedAnswer.Over,
    };

    /// <summary>The word of a link's button.</summary>
    public async Task<SolvedAnswer> ConfirmAsync(SolvedLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(link.Conversation);
            var answer = Of(state, link.Turn);
            if (answer == SolvedAnswer.Over || state.SaidSolved) return answer;
            var fact = new ConversationEvent.ResolutionConfirmed(
                $"the customer says that passage {link.Passage} solved it", OnlyTells: answer == SolvedAnswer.Told);
            var saved = await store.Database.WriteAsync(
                transaction => store.Save(transaction, state, [fact], clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(saved.Id, fact);
            return answer;
        }
    }
}
