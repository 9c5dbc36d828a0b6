using Baton.Playbooks;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>When a queue is staffed. Local times that a clock change skips or repeats resolve leniently.</summary>
public static class StaffedHours
{
    /// <summary>Days searched for staffed time: a year, so that a queue with one short day a week counts.</summary>
    public const int Horizon = 366;

    /// <summary>Whether somebody is there at that moment.</summary>
    public static bool IsStaffed(Queue queue, Instant at) =>
        Intervals(queue, at.InZone(queue.TimeZone).Date).Any(i => i.Start <= at && at < i.End);

    /// <summary>That moment when staffed, else the next opening; null when there is none within a year.</summary>
    public static Instant? NextStaffed(Queue queue, Instant at)
    {
        foreach (var interval in From(queue, at))
            return interval.Start > at ? interval.Start : at;
        return null;
    }

    /// <summary>
    /// The moment when <paramref name="work"/> of staffed time has passed. Zero work ends at once when staffed, else
    /// at the next opening; null when the queue is not staffed enough within a year.
    /// </summary>
    public static Instant? AddStaffed(Queue queue, Instant start, Duration work)
    {
        var left = work;
        foreach (var interval in From(queue, start))
        {
            var from = Instant.Max(interval.Start, start);
            var available = interval.End - from;
            if (left <= available) return from + left;
            left -= available;
        }
        return null;
    }

    /// <summary>The last moment within a year when somebody is there; null when there is none.</summary>
    public static Instant? LastStaffed(Queue queue, Instant start)
    {
        Instant? last = null;
        foreach (var interval in From(queue, start)) last = interval.End;
        return last;
    }

    /// <summary>Staffed time between two moments, as far as the horizon of a year reaches.</summary>
    public static Duration StaffedBetween(Queue queue, Instant start, Instant end)
    {
        var total = Duration.Zero;
        foreach (var interval in From(queue, start).TakeWhile(i => i.Start < end))
            total += Instant.Min(interval.End, end) - Instant.Max(interval.Start, start);
        return total;
    }

    /// <summary>Staffed intervals that end after the moment, in order.</summary>
    private static IEnumerable<Interval> From(Queue queue, Instant at)
    {
        var day = at.InZone(queue.TimeZone).Date;
        for (var i = 0; i < Horizon; i++, day = day.PlusDays(1))
            foreach (var interval in Intervals(queue, day))
                if (interval.End > at) yield return interval;
    }

    private static IEnumerable<Interval> Intervals(Queue queue, LocalDate day)
    {
        if (queue.Holidays.Contains(day) || !queue.Hours.TryGetValue(day.DayOfWeek, out var hours)) yield break;
        // A skipped hour pushes a shift into the next one: no moment is staffed twice.
        var last = Instant.MinValue;
        foreach (var (start, end) in hours)
        {
            var from = queue.TimeZone.AtLeniently(day.At(start)).ToInstant();
            var until = end == LocalTime.Midnight
                ? queue.TimeZone.AtStartOfDay(day.PlusDays(1)).ToInstant()
                : queue.TimeZone.AtLeniently(day.At(end)).ToInstant();
            from = Instant.Max(from, last);
            if (until <= from) continue;
            last = until;
            yield return new Interval(from, until);
        }
    }
}
