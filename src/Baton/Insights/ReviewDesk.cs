using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;

namespace Baton.Insights;

/// <summary>A decision that waits for somebody to look at it again.</summary>
/// <param name="Asked">What the customer wrote, redacted.</param>
internal sealed record ReviewItem(string Ticket, int Turn, string Asked, Decision Decision);

/// <summary>Takes what people say of decisions of low confidence: agree, or the route it should have been.</summary>
internal sealed class ReviewDesk(ConversationStore store, ConversationFeed feed, TimeProvider clock)
{
    private static readonly Redactor Names = new(RedactionProfile.Actors);

    /// <summary>What waits in a period, the newest day first.</summary>
    public IReadOnlyList<ReviewItem> Waiting(InsightPeriod period, int limit) => store.Database.Read(connection =>
        InsightReader.Tickets(connection, TallyFigure.ToReview, InsightReader.All, null, period, null, limit)
            .ConvertAll(t => Item(connection, t)).OfType<ReviewItem>().ToList());

    /// <summary>Records it, or says why not.</summary>
    /// <param name="shouldHaveBeen">Null: the person agrees.</param>
    public async Task<string?> ReviewAsync(
        string id, int turn, Route? shouldHaveBeen, string by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(id);
            if (Problem(state, turn, shouldHaveBeen) is { } problem) return problem;
            var placeholders = new Placeholders();
            placeholders.Close();
            var fact = new ConversationEvent.DecisionReviewed(
                turn, Names.Redact(by, placeholders).Text, shouldHaveBeen);
            var saved = await store.Database.WriteAsync(
                transaction => store.Save(transaction, state, [fact], clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(id, fact);
            return null;
        }
    }

    private static string? Problem(Conversation state, int turn, Route? shouldHaveBeen)
    {
        if (state.Version == 0) return $"there is no ticket {state.Id}";
        if (!state.Tally.Turns.TryGetValue(turn, out var known))
            return string.Create(CultureInfo.InvariantCulture, $"ticket {state.Id} has no decision in turn {turn}");
        if (known.ReviewedBy is { } by) return $"{by} has reviewed it already";
        return shouldHaveBeen is { } route && route == known.Cuts.Route
            ? $"it was {EnumWords.Of(route)}: agree, or name another route" : null;
    }

    private ReviewItem? Item(ReadConnection connection, InsightTicket ticket)
    {
        if (StoredDecision.From(connection, ticket.Id, ticket.Turn) is not { } decision
            || decision.Made.Turn != ticket.Turn) return null;
        var asked = store.Load(connection, ticket.Id).Transcript.Where(l => l.From == Author.Customer)
            .ElementAtOrDefault(ticket.Turn - 1)?.Text ?? "";
        return new ReviewItem(ticket.Id, ticket.Turn, asked, decision.View);
    }
}
