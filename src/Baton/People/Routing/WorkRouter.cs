using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People.Routing;

/// <summary>
/// Brings tickets to people: ends offers that nobody answered, makes new ones, gives out the next ticket. It may run in
/// several processes at once: what was decided on what is no longer so is left for the next look.
/// </summary>
internal sealed class WorkRouter(
    ConversationStore store, PlaybookHost playbooks, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>One look at everything. Gives how many offers were ended and made.</summary>
    public async Task<(int Ended, int Made)> SweepAsync(CancellationToken cancellationToken)
    {
        var playbook = playbooks.Current;
        var queues = playbook.Queues.Where(q => q.Assignment == AssignmentMode.Push).ToList();
        var ended = await EndAsync(cancellationToken);
        if (queues.Count == 0) return (ended, 0);
        var now = clock.GetUtcNow();
        var (seats, waiting) = store.Database.Read(connection => (
            RoutingTables.Seats(connection),
            queues.SelectMany(q => RoutingTables.Waiting(connection, q.Name, now)).ToList()));
        var people = seats.ToDictionary(s => s.Person.Id, s => s.Person);
        var made = 0;
        foreach (var offer in RoutingRules.Offers(playbook, seats, waiting, now))
        {
            var fact = new ConversationEvent.Offered(offer.PersonId, offer.Until);
            if (await GiveAsync(offer.TicketId, people[offer.PersonId], fact, cancellationToken) is not { } at)
                continue;
            people[offer.PersonId] = people[offer.PersonId] with { LastAssignedAt = at };
            made++;
        }
        return (ended, made);
    }

    /// <summary>Gives a person the next ticket of the queues; null when there is none for this person.</summary>
    /// <returns>Id of the ticket.</returns>
    public async Task<string?> NextAsync(string personId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var passed = new HashSet<string>();
        while (true)
        {
            var (seat, waiting) = store.Database.Read(connection => (
                RoutingTables.Seats(connection).FirstOrDefault(s => s.Person.Id == personId),
                playbooks.Current.Queues.SelectMany(q => RoutingTables.Waiting(connection, q.Name, now)).ToList()));
            if (seat is null) return null;
            waiting.RemoveAll(t => passed.Contains(t.Id));
            if (RoutingRules.NextFor(playbooks.Current, seat, waiting, now) is not { } next) return null;
            if (await GiveAsync(next.Id, seat.Person, new ConversationEvent.Assigned(personId, personId),
                cancellationToken) is not null) return next.Id;
            // Somebody was faster: the next one after it.
            passed.Add(next.Id);
        }
    }

    /// <summary>An offer ends with its time, or when its person has gone.</summary>
    private async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (offered, people) = store.Database.Read(connection =>
            RoutingTables.Offered(connection) is { Count: > 0 } some
                ? (some, PeopleStore.List(connection).ToDictionary(p => p.Id))
                : ([], []));
        var ended = 0;
        foreach (var (id, person, ends) in offered)
        {
            var isThere = people.GetValueOrDefault(person)?.TakesWork(now) == true;
            if (isThere && ends > now) continue;
            var state = store.Load(id);
            // The table keeps whole milliseconds: the events say when it ends.
            if (state.Routing.OfferedTo != person || isThere && state.Routing.OfferEndsAt > now) continue;
            if (await SaveAsync(state, new ConversationEvent.OfferExpired(person), _ => true, cancellationToken))
                ended++;
        }
        return ended;
    }

    /// <summary>When it was given; null when something has changed since the choice was made.</summary>
    private async Task<DateTimeOffset?> GiveAsync(
        string id, Person person, ConversationEvent fact, CancellationToken cancellationToken)
    {
        var state = store.Load(id);
        if (state.Status != ConversationStatus.Escalated || state.Routing.OfferedTo is not null) return null;
        // Whole milliseconds, as the table keeps it.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        // The person's row is the lock: of two processes that see the same spare capacity one gets it.
        return await SaveAsync(state, fact, transaction =>
        {
            if (!PeopleStore.TryHold(transaction, person)) return false;
            if (!new Seat(person, RoutingTables.Load(transaction, person.Id)).HasRoom(state.Routing.Needs))
                return false;
            PeopleStore.Assigned(transaction, person.Id, at);
            return true;
        }, cancellationToken) ? at : null;
    }

    private async Task<bool> SaveAsync(
        Conversation state, ConversationEvent fact, Func<WriteTransaction, bool> may,
        CancellationToken cancellationToken)
    {
        var saved = await store.Database.WriteAsync(transaction =>
        {
            transaction.Lock(state.Id);
            return may(transaction) ? store.Save(transaction, state, [fact], clock.GetUtcNow()) : null;
        }, cancellationToken);
        if (saved is null) return false;
        store.Remember(saved);
        feed.Publish(saved.Id, fact);
        return true;
    }
}
