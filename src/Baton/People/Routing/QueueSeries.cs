using Baton.Escalation.Queues;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Measured;
using NodaTime;

namespace Baton.People.Routing;

/// <summary>Queues where customers wait in staffed hours and nobody is there.</summary>
internal sealed class QueueSeries(PlaybookHost playbooks)
{
    /// <inheritdoc cref="ReadSeries"/>
    public IEnumerable<SeriesPoint> Read(ReadConnection connection, DateTimeOffset now)
    {
        var waiting = connection.Query(
            "select queue, count(*) from open_tickets where claimed = 0 group by queue order by queue",
            row => (Queue: row.Text(0), Tickets: row.Int64(1)));
        var people = waiting.Count == 0 ? [] : PeopleStore.List(connection).Where(p => p.DisabledAt is null).ToList();
        yield return new(SeriesNames.QueueUnstaffed, 0);
        foreach (var (name, tickets) in waiting)
        {
            var team = people.Where(p => p.Queues.Contains(name)).ToList();
            // Without people on the roster nobody says here who is at work.
            if (team.Count == 0 || team.Any(p => p.TakesWork(now))) continue;
            if (playbooks.Current.FindQueue(name) is { } queue
                && StaffedHours.IsStaffed(queue, Instant.FromDateTimeOffset(now)))
                yield return new(SeriesNames.QueueUnstaffed, tickets, name);
        }
    }
}
