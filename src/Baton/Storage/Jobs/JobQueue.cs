using Baton.Storage.Jobs.Dispatching;
using Baton.Text.Words;

namespace Baton.Storage.Jobs;

/// <summary>
/// Work that survives the process. Jobs are added and finished inside the transactions of what they follow from and
/// what they cause, so a job is never lost and its outcome never written twice.
/// </summary>
/// <param name="name">Queues with different names share a table and nothing else.</param>
/// <param name="options">Limits and times.</param>
/// <param name="clock">Time of leases and retries.</param>
/// <param name="random">Spreads retries.</param>
internal sealed partial class JobQueue(string name, JobOptions options, TimeProvider clock, Random random)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1), RetryUnknown = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Action<WriteTransaction, JobView>> _whenDead = [];
    private readonly WorkRate _rate = new(clock);
    private readonly QueueDepth _depth = new(clock);

    /// <summary>Raised after a commit that made a job ready in this process.</summary>
    public event Action? Changed;

    /// <summary>Name of the queue.</summary>
    public string Name => name;

    /// <summary>How its work reaches workers, those of other processes too.</summary>
    public IDispatch Dispatch { get; init; } = LocalDispatch.Instance;

    public JobOptions Options => options;

    /// <summary>What is kept of an error: it may quote whoever caused it.</summary>
    public ClearText Clear { get; init; } = text => text;

    /// <summary>
    /// What to do when a job of this kind dies, in the transaction in which it does: for example hand its conversation
    /// to a person. To be set up before the first job runs.
    /// </summary>
    public void WhenDead(string kind, Action<WriteTransaction, JobView> handle) => _whenDead[kind] = handle;

    /// <summary>Jobs that wait or run; dead ones do not count.</summary>
    public long Depth(ReadConnection connection) =>
        connection.Number("select count(*) from jobs where queue = $1 and state <> 3", name) ?? 0;

    /// <summary>Adds a job, if the queue has room.</summary>
    public EnqueueOutcome Enqueue(WriteTransaction transaction, NewJob job)
    {
        lock (_depth)
        {
            var waiting = _depth.Of(transaction, Depth);
            if (TooMany(transaction, waiting) is { } retryAfter)
                return new EnqueueOutcome.QueueFull(waiting, retryAfter);
            _depth.Enter();
        }
        return new EnqueueOutcome.Queued(Insert(transaction, job));
    }

    /// <summary>
    /// Adds a job, if the queue has room and none of its key waits already: that one will do the work of both. One that
    /// runs may have looked before.
    /// </summary>
    public EnqueueOutcome EnqueueOnce(WriteTransaction transaction, NewJob job)
    {
        if (job.Key is { } key) transaction.Lock(key);
        return transaction.Number(
            "select id from jobs where queue = $1 and key = $2 and state in (0, 2) limit 1", name, job.Key) is { } waits
            ? new EnqueueOutcome.Queued(waits)
            : Enqueue(transaction, job);
    }

    /// <summary>Adds a job that must not be refused, because it follows from something that was accepted.</summary>
    public long EnqueueAlways(WriteTransaction transaction, NewJob job)
    {
        _depth.Enter();
        return Insert(transaction, job);
    }

    /// <summary>
    /// Takes up to <paramref name="limit"/> jobs that are due, oldest first, and those whose lease has ended.
    /// </summary>
    /// <param name="missed">
    /// Leaves alone what is due for a shorter time than this, unless it was put off: for that nobody was told.
    /// </param>
    public List<LeasedJob> Lease(
        WriteTransaction transaction, string owner, int limit, TimeSpan missed = default)
    {
        var now = clock.GetUtcNow();
        var ended = transaction.Query(
            "select id, key, fence from jobs where queue = $1 and state = 1 and lease_until_ms <= $2",
            MapHeld, name, SqlValue.Ms(now));
        foreach (var job in ended) GiveBack(transaction, job, "its lease ended: the worker stopped or was too slow");
        var leased = transaction.Query(
            """
            with due as materialized (
                select id from jobs where queue = $3 and state = 0 and run_at_ms <= $4
                    and (run_at_ms <= $6 or run_at_ms > created_at_ms)
                order by run_at_ms, id limit $5 /*pg for update skip locked*/)
            update jobs set state = 1, owner = $1, lease_until_ms = $2, attempts = attempts + 1, fence = fence + 1
            where id in (select id from due)
            returning id, kind, key, payload, attempts, fence, created_at_ms
            """,
            MapLeased, owner, SqlValue.Ms(now.AddMilliseconds(options.LeaseMs)), name, SqlValue.Ms(now), limit,
            SqlValue.Ms(now - missed));
        leased.Sort((a, b) => a.Id.CompareTo(b.Id));
        return leased;
    }

    /// <summary>Takes the first job of a key, if it may run now; null when there is none.</summary>
    /// <param name="key">Null: the oldest job of all that are due.</param>
    public LeasedJob? LeaseFirst(WriteTransaction transaction, string owner, string? key)
    {
        if (key is null) return HasDue(transaction) ? Lease(transaction, owner, 1).FirstOrDefault() : null;
        var now = clock.GetUtcNow();
        return transaction.First(
            """
            with due as materialized (
                select id from jobs where queue = $3 and key = $5 and state = 0 and run_at_ms <= $4
                    and not exists (select 1 from moves where state in ('moving', 'moved'))
                order by id limit 1 /*pg for update skip locked*/)
            update jobs set state = 1, owner = $1, lease_until_ms = $2, attempts = attempts + 1, fence = fence + 1
            where id in (select id from due)
            returning id, kind, key, payload, attempts, fence, created_at_ms
            """,
            MapLeased, owner, SqlValue.Ms(now.AddMilliseconds(options.LeaseMs)), name, SqlValue.Ms(now), key);
    }

    /// <summary>Who runs the job of a key now; null when nobody does.</summary>
    public string? Runs(ReadConnection connection, string? key) => connection.First(
        "select owner from jobs where queue = $1 and key = $2 and state = 1", row => row.TextOrNull(0), name, key);

    /// <summary>Whether <see cref="Lease"/> would find something; reads only.</summary>
    public bool HasDue(ReadConnection connection) => HasDue(connection, TimeSpan.Zero);

    /// <inheritdoc cref="HasDue(ReadConnection)"/>
    /// <param name="missed">As there.</param>
    public bool HasDue(ReadConnection connection, TimeSpan missed) => connection.Number(
        """
        select (exists (select 1 from jobs where queue = $1 and state = 0 and run_at_ms <= $2
                and (run_at_ms <= $3 or run_at_ms > created_at_ms))
            or exists (select 1 from jobs where queue = $1 and state = 1 and lease_until_ms <= $2))
            and not exists (select 1 from moves where state in ('moving', 'moved'))
        """, name, SqlValue.Ms(clock.GetUtcNow()), SqlValue.Ms(clock.GetUtcNow() - missed)) == 1;

    /// <summary>Finishes a job in the transaction of its outcome.</summary>
    /// <exception cref="StorageException">The lease is lost: the outcome must not be written either.</exception>
    public void Complete(WriteTransaction transaction, LeasedJob job)
    {
        if (job.Key is { } key) transaction.Lock(key);
        if (transaction.Execute("delete from jobs where id = $1 and fence = $2 and state = 1", job.Id, job.Fence) == 0)
        {
            throw new StorageException(
                $"job {job.Id} ({job.Kind}, lease {job.Fence}): the lease is lost, another worker has the job; "
                + "its outcome was not written.", isTransient: true);
        }
        transaction.AfterCommit(() =>
        {
            job.MarkSettled();
            _rate.Finished();
        });
        Leave(transaction, job.Key);
    }

    /// <summary>Records a failed attempt: tried again later, or dead when no attempt is left.</summary>
    /// <param name="transaction">May hold more, for example the event that says so.</param>
    /// <param name="job">A job of this worker.</param>
    /// <param name="error">For the person who will look at it; no personal data.</param>
    /// <param name="retry">False when another attempt cannot help.</param>
    /// <param name="after">Not tried again before; at most an hour. The back-off decides when it is longer.</param>
    public FailOutcome Fail(
        WriteTransaction transaction, LeasedJob job, string error, bool retry = true, TimeSpan? after = null)
    {
        var dead = !retry || job.Attempt >= options.AttemptLimit;
        var delay = Backoff.Delay(job.Attempt, options.BackoffMs, options.BackoffLimitMs, random);
        if (after > delay) delay = after.Value < LongestRetry ? after.Value : LongestRetry;
        var at = dead ? clock.GetUtcNow() : clock.GetUtcNow() + delay;
        if (job.Key is { } key) transaction.Lock(key);
        var changed = transaction.Execute(
            """
            update jobs set state = $1, run_at_ms = $2, error = $3, owner = null, lease_until_ms = null
            where id = $4 and fence = $5 and state = 1
            """,
            (long)(dead ? JobState.Dead : JobState.Ready), SqlValue.Ms(at), Cut(error), job.Id, job.Fence);
        if (changed == 0) return new FailOutcome.LeaseLost();
        transaction.AfterCommit(job.MarkSettled);
        if (!dead) return new FailOutcome.Retry(at);
        Bury(transaction, job.Id, job.Key);
        return new FailOutcome.Dead();
    }

    /// <summary>Makes a lease last; false when it is lost and the work on the job should stop.</summary>
    public bool Renew(WriteTransaction transaction, LeasedJob job) => transaction.Execute(
        "update jobs set lease_until_ms = $1 where id = $2 and fence = $3 and state = 1",
        SqlValue.Ms(clock.GetUtcNow().AddMilliseconds(options.LeaseMs)), job.Id, job.Fence) == 1;

    /// <summary>When to come back, if one job more would wait longer than allowed; null when there is room.</summary>
    private TimeSpan? TooMany(ReadConnection connection, long waiting)
    {
        var (rate, most) = (_rate.PerSecond(), (double)options.QueueLimit);
        if (options.WorkOffSeconds > 0 && waiting >= options.AlwaysTaken)
        {
            if (rate is { } known) most = Math.Min(most, Math.Max(options.AlwaysTaken, known * options.WorkOffSeconds));
            else if (IsStuck(connection)) most = Math.Min(most, options.AlwaysTaken);
        }
        if (waiting < most) return null;
        if (rate is not { } perSecond) return RetryUnknown;
        var seconds = Math.Ceiling(Math.Max(1, (waiting - most + 1) / perSecond));
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestRetry.TotalSeconds));
    }

    /// <summary>Nothing is finished here: then what waits longest tells how fast others are.</summary>
    private bool IsStuck(ReadConnection connection) => connection.Number(
        "select 1 from jobs where queue = $1 and state = 0 and run_at_ms <= $2 limit 1",
        name, SqlValue.Ms(clock.GetUtcNow().AddSeconds(-options.WorkOffSeconds))) is not null;

    private long Insert(WriteTransaction transaction, NewJob job)
    {
        var now = clock.GetUtcNow();
        if (job.Key is { } key) transaction.Lock(key);
        var first = job.Key is null || transaction.Number(
            "select 1 from jobs where queue = $1 and key = $2 and state <> 3 limit 1", name, job.Key) is null;
        if (first) transaction.AfterCommit(() => RaiseChanged(job.Key));
        return transaction.Insert(
            """
            insert into jobs (queue, kind, key, payload, state, run_at_ms, created_at_ms, attempts, fence)
            values ($1, $2, $3, $4, $5, $6, $7, 0, 0)
            returning id
            """,
            name, job.Kind, job.Key, job.Payload, (long)(first ? JobState.Ready : JobState.Waiting),
            SqlValue.Ms(job.RunAt ?? now), SqlValue.Ms(now));
    }

    /// <summary>A job is gone from the line: the next one of its key may run.</summary>
    private void Leave(WriteTransaction transaction, string? key)
    {
        _depth.Leave();
        if (key is null) return;
        var changed = transaction.Execute(
            """
            update jobs set state = 0
            where id = (select id from jobs where queue = $1 and key = $2 and state = 2 order by id limit 1)
            """, name, key);
        if (changed > 0) transaction.AfterCommit(() => RaiseChanged(key));
    }

    private void Bury(WriteTransaction transaction, long id, string? key)
    {
        Leave(transaction, key);
        var job = JobInspection.Find(transaction, id)!;
        if (!_whenDead.TryGetValue(job.Kind, out var handle)) return;
        if (transaction.Attempt(() => handle(transaction, job)) is not { } error) return;
        // A bug there must not keep the job alive for ever; it is said where a person will look.
        transaction.Execute(
            "update jobs set error = $1 where id = $2", Cut($"{job.Error}\nWhat was to follow failed: {error}"), id);
    }

    /// <summary>Cleared as a whole: half an address would be none.</summary>
    private string Cut(string error)
    {
        error = Clear(error);
        return CutText.Of(error, options.ErrorLimit);
    }

    /// <summary>Something became ready in another way.</summary>
    public void Wake(string? key) => RaiseChanged(key);

    private void RaiseChanged(string? key)
    {
        Changed?.Invoke();
        Dispatch.Nudge(name, key);
    }

    private static LeasedJob MapLeased(Row row) => new()
    {
        Id = row.Int64(0),
        Kind = row.Text(1),
        Key = row.TextOrNull(2),
        Payload = row.Text(3),
        Attempt = row.Int32(4),
        Fence = row.Int64(5),
        CreatedAt = row.Time(6),
    };
}
