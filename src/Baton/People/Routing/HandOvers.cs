using Baton.Conversations;
using Baton.Storage;

namespace Baton.People.Routing;

/// <summary>
/// Hands over what somebody has when their absence begins: to the stand-in, or back to the queue. Once for each
/// absence; what somebody takes while away is their own choice.
/// </summary>
internal sealed class HandOvers(ConversationStore store, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>Stand-ins who are away themselves, one after the other.</summary>
    private const int LongestChain = 5;

    /// <summary>Tickets of one person in one look; the next look goes on.</summary>
    private const int Most = 200;

    /// <summary>One look. Gives how many tickets were handed over.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var away = store.Database.Read(connection => Beginning(connection, now));
        var handed = 0;
        foreach (var person in away)
        {
            var standIn = store.Database.Read(connection => StandIn(connection, person, now));
            var tickets = store.Database.Read(connection => connection.Query(
                "select conversation_id from open_tickets where person = $1 and claimed = 1 order by conversation_id limit $2",
                row => row.Text(0), person, (long)Most));
            foreach (var ticket in tickets)
                if (await HandAsync(ticket, person, standIn, cancellationToken)) handed++;
            if (tickets.Count < Most)
                await store.Database.WriteAsync(transaction => transaction.Execute(
                    "update people set away_handed = 1 where id = $1 and away_until > $2", person, SqlValue.Ms(now)),
                    cancellationToken);
        }
        return handed;
    }

    /// <summary>Who stands in: the first of the chain who is there to do it; null: the queue.</summary>
    internal static string? StandIn(ReadConnection connection, string person, DateTimeOffset now)
    {
        var at = PeopleStore.Find(connection, person)?.OutOfOffice?.HandOverTo;
        for (var i = 0; i < LongestChain && at is not null && at != person; i++)
        {
            if (PeopleStore.Find(connection, at) is not { DisabledAt: null } next) return null;
            if (next.OutOfOffice?.Covers(now) != true) return at;
            at = next.OutOfOffice.HandOverTo;
        }
        return null;
    }

    private static List<string> Beginning(ReadConnection connection, DateTimeOffset now) => connection.Query(
        """
        select id from people
        where away_until > $1 and coalesce(away_from, 0) <= $1 and away_handed = 0 and disabled_at is null order by id
        """, row => row.Text(0), SqlValue.Ms(now));

    private async Task<bool> HandAsync(
        string ticket, string person, string? standIn, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(ticket);
            if (state.ClaimedBy != person) return false;
            var fact = new ConversationEvent.HandedOver(person, standIn);
            var saved = await store.Database.WriteAsync(
                transaction => store.Save(transaction, state, [fact], clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(ticket, fact);
            return true;
        }
    }
}
