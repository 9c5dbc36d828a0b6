using Baton.Playbooks;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>The queue a ticket goes to, who is there, and what the customer is promised.</summary>
public sealed record Assignment
{
    public required Queue Queue { get; init; }

    /// <summary>Whether somebody is there now.</summary>
    public required bool Staffed { get; init; }

    /// <summary>What the customer is told, with a day and a clock time in the brand's zone, which it names.</summary>
    public required string Promise { get; init; }

    /// <summary>The moment behind the promise.</summary>
    public required Instant PromisedBy { get; init; }

    /// <summary>Queues passed over on the way, with the reason; empty when the first one took it.</summary>
    public required IReadOnlyList<string> PassedOver { get; init; }

    /// <summary>
    /// Follows the fallbacks from <paramref name="wanted"/> to the first queue that is staffed and has room; when none
    /// is, the ticket stays in the wanted queue with a promise for its next opening.
    /// </summary>
    /// <param name="openTickets">Tickets now open in a queue, by name.</param>
    public static Assignment Of(Playbook playbook, string wanted, Instant now, Func<string, int> openTickets)
    {
        var first = playbook.FindQueue(wanted) ?? playbook.Queues[0];
        var passed = new List<string>();
        for (Queue? queue = first; queue is not null
            && passed.Count <= playbook.Queues.Count; queue = Next(playbook, queue))
        {
            if (!StaffedHours.IsStaffed(queue, now)) passed.Add($"{queue.Name} is not staffed");
            else if (openTickets(queue.Name) >= queue.Capacity) passed.Add($"{queue.Name} is full ({queue.Capacity})");
            else return Take(playbook, queue, now, staffed: true, passed);
        }
        return Take(playbook, first, now, StaffedHours.IsStaffed(first, now), passed);
    }

    private static Queue? Next(Playbook playbook, Queue queue) =>
        queue.Fallback is null ? null : playbook.FindQueue(queue.Fallback);

    private static Assignment Take(
        Playbook playbook, Queue queue, Instant now, bool staffed, IReadOnlyList<string> passed)
    {
        // A queue that is never staffed still owes an answer: a day, and the playbook check warns about it.
        var by = StaffedHours.AddStaffed(queue, now, queue.ContactWithin) ?? now + Duration.FromDays(1);
        return new Assignment
        {
            Queue = queue,
            Staffed = staffed,
            PromisedBy = by,
            Promise = Promises.Text(by, PromiseZone(playbook), staffed ? OutsideHours.Queue : queue.OutsideHours),
            PassedOver = passed,
        };
    }

    private static DateTimeZone PromiseZone(Playbook playbook) => DateTimeZoneProviders.Tzdb[playbook.Brand.TimeZone];
}
