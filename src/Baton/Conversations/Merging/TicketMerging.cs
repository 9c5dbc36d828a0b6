using Baton.Conversations.Tickets;
using Baton.Storage.Events;

namespace Baton.Conversations.Merging;

/// <summary>
/// Merges a duplicate into the ticket that is worked on: both get their event in one transaction, or none of them does.
/// </summary>
internal sealed class TicketMerging(ConversationStore store, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>Merged tickets that lead on to one another.</summary>
    private const int LongestChain = 20;

    /// <summary>Does it, or says why not. Not found: there is no such ticket.</summary>
    /// <param name="acting">Who, and on which version of the one that goes.</param>
    public async Task<(bool Found, string? Problem)> MergeAsync(
        string from, string into, Acting acting, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (gone, kept) = (store.Load(from), store.Load(into));
            if (gone.Version == 0) return (false, null);
            if (kept.Version == 0) return (true, $"there is no ticket '{into}'");
            var late = ActingCheck.Problem(gone, acting, acting.By, Since(gone, acting))
                ?? ActingCheck.Problem(kept, acting with { Seen = null }, acting.By, []);
            if ((late ?? MergeRules.Problem(gone, kept, IsOneCustomer(gone, kept))) is { } why) return (true, why);
            var (leaving, staying) = (MergeRules.Of(kept, acting.By), MergeRules.Into(gone, kept, acting.By));
            if (await SaveAsync(gone, leaving, kept, staying, cancellationToken) is not var (first, second)) continue;
            store.Remember(first);
            store.Remember(second);
            foreach (var fact in leaving) feed.Publish(from, fact);
            foreach (var fact in staying) feed.Publish(into, fact);
            return (true, null);
        }
    }

    /// <summary>The ticket where what is written to one belongs: itself unless it was merged.</summary>
    public static Conversation Current(ConversationStore store, Conversation state)
    {
        for (var i = 0; i < LongestChain && state.MergedInto is { } next; i++) state = store.Load(next);
        return state;
    }

    /// <summary>Null when somebody else was faster.</summary>
    private async Task<(Conversation, Conversation)?> SaveAsync(
        Conversation gone, IReadOnlyList<ConversationEvent> leaving, Conversation kept,
        IReadOnlyList<ConversationEvent> staying, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        return await store.Database.WriteAsync<(Conversation, Conversation)?>(transaction =>
        {
            transaction.Lock(gone.Id, kept.Id);
            Conversation? first = null, second = null;
            // Half of it would be a ticket that is nowhere.
            var failed = transaction.Attempt(() =>
            {
                first = store.Save(transaction, gone, leaving, at);
                second = first is null ? null : store.Save(transaction, kept, staying, at);
                if (second is null) throw new InvalidOperationException("somebody else was faster");
            });
            return failed is null && first is not null && second is not null ? (first, second) : null;
        }, cancellationToken);
    }

    private bool IsOneCustomer(Conversation one, Conversation other) =>
        one.CustomerId is { } id ? id == other.CustomerId
        : other.CustomerId is null && store.Database.Read(connection => (
            MessageRows.Sender(connection, one.Id), MessageRows.Sender(connection, other.Id))) is var (first, second)
            && first?.Email is { Length: > 0 } address
            && string.Equals(address, second?.Email, StringComparison.OrdinalIgnoreCase);

    private List<ConversationEvent> Since(Conversation state, Acting acting) => acting.Seen is not { } seen
        || seen >= state.Version ? []
        : store.Database.Read(connection => Ledger.Read(connection, state.Id, seen + 1))
            .ConvertAll(stored => ConversationJson.Read(stored.Type, stored.Data.Span));
}
