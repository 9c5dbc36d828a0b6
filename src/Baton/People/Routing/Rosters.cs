using Baton.Conversations;
using Baton.Conversations.Routing;
using Baton.Escalation.Queues;
using Baton.Playbooks;

namespace Baton.People.Routing;

/// <summary>How busy queues are, by the people who are known to work in them.</summary>
internal sealed class Rosters(ConversationStore store, PlaybookHost playbooks, TimeProvider clock)
{
    /// <summary>Not everybody on a roster works in the same shift.</summary>
    private const double PartOnShift = 0.5;

    /// <summary>The load of a queue, for a ticket that asks for certain people.</summary>
    public QueueLoad LoadOf(string queue, TicketNeeds needs)
    {
        var (open, all) = store.Database.Read(
            connection => (OpenTickets.In(connection, queue), PeopleStore.List(connection)));
        var people = all.Where(p => p.DisabledAt is null && p.Queues.Contains(queue)).ToList();
        if (people.Count == 0) return new QueueLoad(open);
        var languages = playbooks.Current.Brand.Languages;
        var able = people.Where(p => new Seat(p, 0).Suits(queue, needs, languages)).ToList();
        var there = able.Where(p => p.TakesWork(clock.GetUtcNow())).ToList();
        return new QueueLoad(open)
        {
            // Who works in three queues is a third of a person in each.
            Hands = there.Count > 0 ? there.Sum(p => 1.0 / p.Queues.Count)
                : able.Sum(p => 1.0 / p.Queues.Count) * PartOnShift,
            SomebodyThere = there.Count > 0,
        };
    }
}
