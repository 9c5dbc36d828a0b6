using Microsoft.Extensions.Logging;

namespace Baton.Storage.Jobs;

/// <summary>
/// Things that happen at a time. A timer fires once, as a job with its kind, key and payload; after a stop it fires
/// late rather than never.
/// </summary>
internal sealed partial class Timers(JobQueue queue, TimeProvider clock, ILogger logger)
{
    /// <summary>Timers that become jobs in one transaction.</summary>
    public const int BatchSize = 500;

    /// <summary>Kinds that are served here, between commas; null: all.</summary>
    private string? _served;

    /// <summary>
    /// Says which kinds somebody here works on: timers of others stay for the process that does, and become no dead
    /// jobs.
    /// </summary>
    public void Serve(IEnumerable<string> kinds) => _served = $",{string.Join(',', kinds)},";

    /// <summary>Sets the one timer of this kind for this key; a timer that is set already is moved.</summary>
    public void Schedule(
        WriteTransaction transaction, string key, string kind, DateTimeOffset dueAt, string payload = "{}") =>
        transaction.Execute(
            """
            insert into timers (key, kind, due_at_ms, payload) values ($1, $2, $3, $4)
            on conflict (key, kind) do update set due_at_ms = $3, payload = $4
            """, key, kind, SqlValue.Ms(NotBefore(dueAt)), payload);

    /// <summary>Whole milliseconds, upwards: whoever asks what is due when a timer fires finds it due.</summary>
    private static DateTimeOffset NotBefore(DateTimeOffset dueAt) =>
        dueAt.Ticks % TimeSpan.TicksPerMillisecond == 0 ? dueAt : dueAt.AddMilliseconds(1);

    /// <summary>Takes a timer back; false when it has fired or was never set.</summary>
    public bool Cancel(WriteTransaction transaction, string key, string kind) =>
        transaction.Execute("delete from timers where key = $1 and kind = $2", key, kind) == 1;

    /// <summary>When the timer is due; null when it is not set.</summary>
    public static DateTimeOffset? DueAt(ReadConnection connection, string key, string kind) =>
        connection.First("select due_at_ms from timers where key = $1 and kind = $2", r => r.TimeOrNull(0), key, kind);

    /// <summary>Turns timers that are due into jobs.</summary>
    /// <returns>How many; <see cref="BatchSize"/> means that there may be more.</returns>
    public int FireDue(WriteTransaction transaction)
    {
        var due = transaction.Query(
            """
            select id, key, kind, payload from timers
            where due_at_ms <= $1 and ($3 = '' or $3 like '%,' || kind || ',%')
            order by due_at_ms, id limit $2 /*pg for update skip locked*/
            """,
            r => (Id: r.Int64(0), Job: new NewJob { Key = r.Text(1), Kind = r.Text(2), Payload = r.Text(3) }),
            SqlValue.Ms(clock.GetUtcNow()), BatchSize, _served ?? "");
        // Somebody is at work on that conversation: the next look finds the timer again.
        due.RemoveAll(timer => !transaction.TryLock(timer.Job.Key!));
        foreach (var (id, job) in due)
        {
            transaction.Execute("delete from timers where id = $1", id);
            queue.EnqueueAlways(transaction, job);
        }
        return due.Count;
    }

    /// <summary>Fires timers as they become due, until cancelled.</summary>
    /// <exception cref="StorageException">The database failed in a way that does not pass.</exception>
    public async Task RunAsync(Database database, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(queue.Options.PollMs), clock);
        do
        {
            await StepAsync(database).ConfigureAwait(false);
        }
        while (await tick.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Fires what is due now: all that the loop does between two ticks.</summary>
    public async Task StepAsync(Database database)
    {
        try
        {
            while (database.Read(HasDue) && await database.WriteAsync(FireDue).ConfigureAwait(false) == BatchSize) { }
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timers that are due could not be fired; trying again")]
    private partial void LogLate(Exception error);

    private bool HasDue(ReadConnection connection) =>
        connection.Number(
            """
            select exists (select 1 from timers where due_at_ms <= $1 and ($2 = '' or $2 like '%,' || kind || ',%'))
                and not exists (select 1 from moves where state in ('moving', 'moved'))
            """, SqlValue.Ms(clock.GetUtcNow()), _served ?? "") == 1;
}
