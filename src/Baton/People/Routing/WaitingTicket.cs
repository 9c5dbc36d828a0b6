using Baton.Conversations.Routing;
using Baton.Playbooks;

namespace Baton.People.Routing;

/// <summary>A ticket that nobody has yet.</summary>
/// <param name="PassedBy">Who declined it or let it pass, oldest first.</param>
internal sealed record WaitingTicket(
    string Id, string Queue, Priority Priority, DateTimeOffset? DueAt, DateTimeOffset Since, TicketNeeds Needs,
    IReadOnlyList<string> PassedBy)
{
    /// <summary>So long before its time a ticket counts as late.</summary>
    public static readonly TimeSpan Nearly = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The order in which tickets are given out: priority, what is due first, what has waited longest. What is late or
    /// nearly so counts as urgent, so that no stream of pressing tickets keeps a calm one waiting for ever.
    /// </summary>
    public static IOrderedEnumerable<WaitingTicket> InOrder(IEnumerable<WaitingTicket> tickets, DateTimeOffset now) =>
        tickets.OrderByDescending(t => t.IsPressing(now) ? Priority.Urgent : t.Priority)
            .ThenBy(t => t.DueAt ?? DateTimeOffset.MaxValue).ThenBy(t => t.Since)
            .ThenBy(t => t.Id, StringComparer.Ordinal);

    /// <summary>-1 for who was not asked yet, else how long ago the person passed: the longest ago is 0.</summary>
    public int PlaceAmongPassed(string person) =>
        PassedBy.Contains(person) ? PassedBy.TakeWhile(p => p != person).Count() : -1;

    /// <summary>Whether its promise or a clock has run out, or will before somebody could work on it.</summary>
    public bool IsPressing(DateTimeOffset now) => DueAt <= now + Nearly;
}
