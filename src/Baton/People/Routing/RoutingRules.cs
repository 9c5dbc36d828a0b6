using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;

namespace Baton.People.Routing;

/// <summary>An offer to make.</summary>
internal sealed record WorkOffer(string TicketId, string PersonId, DateTimeOffset Until);

/// <summary>Who gets which ticket. Pure.</summary>
internal static class RoutingRules
{
    /// <summary>
    /// Offers for tickets of push queues: in order of the tickets, each to the person with most spare capacity, of
    /// those the one who has been idle longest.
    /// </summary>
    /// <param name="seats">Everybody, with what they have now.</param>
    /// <param name="waiting">Tickets without a person and without an offer.</param>
    public static IReadOnlyList<WorkOffer> Offers(
        Playbook playbook, IReadOnlyList<Seat> seats, IReadOnlyList<WaitingTicket> waiting, DateTimeOffset now)
    {
        var there = seats.Where(s => s.Person.TakesWork(now)).ToDictionary(s => s.Person.Id);
        var reserved = new HashSet<string>();
        var offers = new List<WorkOffer>();
        foreach (var ticket in WaitingTicket.InOrder(waiting, now))
        {
            if (there.Count == reserved.Count) break;
            if (playbook.FindQueue(ticket.Queue) is not { Assignment: AssignmentMode.Push } queue) continue;
            if (!StaffedHours.IsStaffed(queue, Instant.FromDateTimeOffset(now))) continue;
            var able = Able(playbook, queue, there.Values.Where(s => !reserved.Contains(s.Person.Id)), ticket, now);
            if (Best(ticket, able.Where(s => s.HasRoom(ticket.Needs))) is { } seat)
            {
                offers.Add(new WorkOffer(ticket.Id, seat.Person.Id, now + queue.AcceptWithin.ToTimeSpan()));
                there[seat.Person.Id] = new Seat(
                    seat.Person with { LastAssignedAt = now }, seat.Load + ticket.Needs.Points);
            }
            else if (ticket.IsPressing(now) && able.MaxBy(s => s.Spare) is { Spare: > 0 } next)
                // A heavy ticket would wait for ever while light ones fill every gap: the next gap is kept for it.
                reserved.Add(next.Person.Id);
        }
        return offers;
    }

    /// <summary>The ticket a person gets who asks for the next one; null when none is for this person.</summary>
    public static WaitingTicket? NextFor(
        Playbook playbook, Seat seat, IReadOnlyList<WaitingTicket> waiting, DateTimeOffset now) =>
        WaitingTicket.InOrder(waiting, now).FirstOrDefault(ticket => playbook.FindQueue(ticket.Queue) is { } queue
            && seat.HasRoom(ticket.Needs) && Able(playbook, queue, [seat], ticket, now).Count > 0);

    /// <summary>
    /// Who may take it: all required skills always, the preferred ones as long as they are waited for.
    /// </summary>
    private static List<Seat> Able(
        Playbook playbook, Queue queue, IEnumerable<Seat> seats, WaitingTicket ticket, DateTimeOffset now)
    {
        var prefers = now - ticket.Since < queue.PreferFor.ToTimeSpan();
        return [.. seats.Where(s => s.Suits(queue.Name, ticket.Needs, playbook.Brand.Languages)
            && (!prefers || s.IsPreferred(ticket.Needs)))];
    }

    /// <summary>
    /// Whoever passed is asked after those who were not asked yet, the one who passed last at the end.
    /// </summary>
    private static Seat? Best(WaitingTicket ticket, IEnumerable<Seat> seats) => seats
        .OrderBy(s => ticket.PlaceAmongPassed(s.Person.Id))
        .ThenByDescending(s => s.Spare)
        .ThenBy(s => s.Person.LastAssignedAt ?? DateTimeOffset.MinValue)
        .ThenBy(s => s.Person.Id, StringComparer.Ordinal)
        .FirstOrDefault();
}
