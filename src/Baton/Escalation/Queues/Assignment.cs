using Baton.Playbooks;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>The queue a ticket goes to, who is there, and what the customer is promised.</summary>
public sealed record Assignment
{
    /// <summary>
    /// Promises are later than the backlog alone makes them: whoever is unsure says the later time.
    /// </summary>
    private const double Margin = 1.5;

    public required Queue Queue { get; init; }

    /// <summary>Whether somebody is there now.</summary>
    public required bool Staffed { get; init; }

    /// <summary>How the customer is reached.</summary>
    public required OutsideHours How { get; init; }

    /// <summary>What the customer is told, with a day and a clock time in the brand's zone, which it names.</summary>
    public required string Promise { get; init; }

    /// <summary>The moment behind the promise, as the customer was told it.</summary>
    public required Instant PromisedBy { get; init; }

    /// <summary>Queues passed over on the way, with the reason; empty when the first one took it.</summary>
    public required IReadOnlyList<string> PassedOver { get; init; }

    /// <inheritdoc cref="Of(Playbook, string, Instant, Func{string, QueueLoad}, bool)"/>
    /// <param name="openTickets">Tickets now open in a queue, by name.</param>
    public static Assignment Of(Playbook playbook, string wanted, Instant now, Func<string, int> openTickets) =>
        Of(playbook, wanted, now, name => new QueueLoad(openTickets(name)), canCall: true);

    /// <summary>
    /// Follows the fallbacks from <paramref name="wanted"/> to the first queue that is staffed, has somebody there and
    /// has room; when none is, the queue for after hours has it, or the ticket stays in the wanted queue with a promise
    /// for its next opening. A queue that is never staffed keeps nothing.
    /// </summary>
    /// <param name="loadOf">How busy a queue is, by name.</param>
    /// <param name="canCall">Whether a number of the customer's is known: nobody is promised a call without.</param>
    public static Assignment Of(
        Playbook playbook, string wanted, Instant now, Func<string, QueueLoad> loadOf, bool canCall)
    {
        var first = playbook.FindQueue(wanted) ?? playbook.Queues[0];
        var passed = new List<string>();
        for (Queue? queue = first; queue is not null
            && passed.Count <= playbook.Queues.Count; queue = Next(playbook, queue.Fallback))
        {
            if (!StaffedHours.IsStaffed(queue, now))
            {
                passed.Add($"{queue.Name} is not staffed");
                continue;
            }
            var load = loadOf(queue.Name);
            if (!load.SomebodyThere) passed.Add($"nobody of {queue.Name} is there");
            else if (load.Open >= queue.Capacity) passed.Add($"{queue.Name} is full ({queue.Capacity})");
            else return Take(playbook, queue, load, now, staffed: true, canCall, passed);
        }
        var last = StaffedHours.IsStaffed(first, now) ? first : Next(playbook, first.AfterHours) ?? first;
        if (StaffedHours.NextStaffed(last, now) is null)
            last = playbook.Queues.FirstOrDefault(q => StaffedHours.NextStaffed(q, now) is not null) ?? last;
        return Take(
            playbook, last, loadOf(last.Name), now, StaffedHours.IsStaffed(last, now), canCall, passed);
    }

    private static Queue? Next(Playbook playbook, string? name) => name is null ? null : playbook.FindQueue(name);

    private static Assignment Take(
        Playbook playbook, Queue queue, QueueLoad load, Instant now, bool staffed, bool canCall,
        IReadOnlyList<string> passed)
    {
        // A queue that is never staffed still owes an answer: a day, and the playbook check warns about it.
        var by = StaffedHours.AddStaffed(queue, now, Wait(queue, load))
            ?? StaffedHours.LastStaffed(queue, now) ?? now + Duration.FromDays(1);
        var zone = DateTimeZoneProviders.Tzdb[playbook.Brand.TimeZone];
        var how = staffed ? OutsideHours.Queue : queue.OutsideHours;
        if (how == OutsideHours.Callback && !canCall) how = OutsideHours.Queue;
        return new Assignment
        {
            Queue = queue,
            Staffed = staffed,
            How = how,
            PromisedBy = Promises.Rounded(by, zone),
            Promise = Promises.Text(by, zone, how, now),
            PassedOver = passed,
        };
    }

    /// <summary>
    /// Staffed time until somebody is in touch: what the playbook says, or what the backlog takes when that is longer.
    /// </summary>
    private static Duration Wait(Queue queue, QueueLoad load)
    {
        var ahead = load.Hands is { } hands
            ? queue.HandleTime * (Margin * (load.Open + 1) / Math.Max(hands, 0.1))
            // Nobody says how many people there are: a full queue takes twice as long, and so on.
            : queue.ContactWithin * Math.Ceiling((load.Open + 1.0) / queue.Capacity);
        return Duration.Max(queue.ContactWithin, ahead);
    }
}
