using Baton.Storage;
using Baton.Storage.Jobs;
using Cronos;

namespace Baton.Operations.Scheduling;

/// <summary>Something that happens by the calendar.</summary>
/// <param name="Cron">Five fields, as in <c>0 6 * * 1</c>.</param>
/// <param name="Zone">IANA time zone.</param>
internal sealed record Schedule(
    string Name, string Kind, string Cron, string Zone, DateTimeOffset Next, DateTimeOffset? Last);

/// <summary>
/// The calendar over the timers: a timer of each schedule is set for its next time, and fires as a job. A stop over
/// that time makes it late, never lost and never twice.
/// </summary>
internal sealed class Schedules(Database database, Timers timers)
{
    /// <summary>Every schedule, by name.</summary>
    public List<Schedule> List() => database.Read(c => c.Query(
        "select name, kind, cron, zone, next_ms, last_ms from schedules order by name", Map));

    /// <summary>The first time after another one; null when there is none.</summary>
    /// <exception cref="FormatException">The line or the time zone cannot be read; the message says which.</exception>
    public static DateTimeOffset? Next(string cron, string zone, DateTimeOffset after)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            throw new FormatException($"'{zone}' is no time zone; write one like Europe/Berlin or UTC");
        try
        {
            return CronExpression.Parse(cron).GetNextOccurrence(after, found);
        }
        catch (CronFormatException error)
        {
            throw new FormatException($"'{cron}' is no cron line: {error.Message}; write five fields, as in 0 6 * * 1");
        }
    }

    /// <summary>Sets a schedule. One that is the same already keeps its next time, also one that is overdue.</summary>
    /// <exception cref="FormatException">The line or the time zone cannot be read.</exception>
    public Task SetAsync(string name, string kind, string cron, string zone, CancellationToken cancellationToken)
    {
        var next = Next(cron, zone, database.Clock.GetUtcNow())
            ?? throw new FormatException($"'{cron}' never comes; write five fields, as in 0 6 * * 1");
        return database.WriteAsync(transaction =>
        {
            if (Find(transaction, name) is { } known && known.Kind == kind && known.Cron == cron && known.Zone == zone)
            {
                if (Timers.DueAt(transaction, name, kind) is null) timers.Schedule(transaction, name, kind, known.Next);
                return;
            }
            transaction.Execute(
                """
                insert into schedules (name, kind, cron, zone, next_ms) values ($1, $2, $3, $4, $5)
                on conflict (name) do update set kind = $2, cron = $3, zone = $4, next_ms = $5
                """, name, kind, cron, zone, SqlValue.Ms(next));
            timers.Schedule(transaction, name, kind, next);
        }, cancellationToken);
    }

    /// <summary>Takes one away.</summary>
    public Task RemoveAsync(string name, string kind, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Execute("delete from schedules where name = $1", name);
            timers.Cancel(transaction, name, kind);
        }, cancellationToken);

    /// <summary>Its job runs: the next time is set first, so that a failure is not the last. Null: gone.</summary>
    public Task<Schedule?> FiredAsync(string name, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            if (Find(transaction, name) is not { } schedule || Next(schedule.Cron, schedule.Zone, now) is not { } next)
                return null;
            transaction.Execute("update schedules set next_ms = $1, last_ms = $2 where name = $3",
                SqlValue.Ms(next), SqlValue.Ms(now), name);
            timers.Schedule(transaction, name, schedule.Kind, next);
            return schedule;
        }, cancellationToken);

    private static Schedule? Find(ReadConnection connection, string name) => connection.First(
        "select name, kind, cron, zone, next_ms, last_ms from schedules where name = $1", Map, name);

    private static Schedule Map(Row row) =>
        new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Time(4), row.TimeOrNull(5));
}
