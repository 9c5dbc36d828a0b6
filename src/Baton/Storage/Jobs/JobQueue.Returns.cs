namespace Baton.Storage.Jobs;

/// <summary>Leases that end without an outcome.</summary>
internal sealed partial class JobQueue
{
    /// <summary>So long a job of a kind that nobody here knows waits for a worker of another release.</summary>
    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(10), LongestUnknown = TimeSpan.FromMinutes(1);

    /// <summary>Gives a job back that was not worked on; the attempt does not count.</summary>
    public void Release(WriteTransaction transaction, LeasedJob job)
    {
        transaction.Execute(
            """
            update jobs set state = 0, attempts = attempts - 1, owner = null, lease_until_ms = null
            where id = $1 and fence = $2 and state = 1
            """, job.Id, job.Fence);
        transaction.AfterCommit(() => RaiseChanged(job.Key));
    }

    /// <summary>
    /// Gives a job back whose kind nobody here knows: a worker of another release may. The attempt does not count; each
    /// wait is as long as all before it together, and after ten minutes the job is dead.
    /// </summary>
    public void Postpone(WriteTransaction transaction, LeasedJob job)
    {
        var (now, why) = (clock.GetUtcNow(), $"there is no handler for jobs of kind '{job.Kind}'");
        var since = transaction.First(
            "select unknown_since_ms from jobs where id = $1", row => row.TimeOrNull(0), job.Id) ?? now;
        if (now - since >= UnknownFor)
        {
            Fail(transaction, job, why, retry: false);
            return;
        }
        var wait = TimeSpan.FromTicks(
            Math.Clamp((now - since).Ticks, TimeSpan.TicksPerSecond, LongestUnknown.Ticks));
        transaction.Execute(
            """
            update jobs set state = 0, attempts = attempts - 1, owner = null, lease_until_ms = null, error = $1,
                run_at_ms = $2, unknown_since_ms = $3
            where id = $4 and fence = $5 and state = 1
            """,
            why, SqlValue.Ms(now + wait), SqlValue.Ms(since), job.Id, job.Fence);
    }

    /// <summary>Ends the leases of holders that have died, without waiting for them to run out.</summary>
    /// <returns>The number of jobs that are free again.</returns>
    public int Recover(WriteTransaction transaction, Func<string, bool> hasDied)
    {
        var dead = Owners(transaction).Where(hasDied).ToList();
        return dead.Sum(owner => transaction.Query(
            "select id, key, fence from jobs where queue = $1 and state = 1 and owner = $2", MapHeld, name, owner)
            .Count(job => GiveBack(transaction, job, $"its worker died ({owner})")));
    }

    /// <summary>Who holds leases now.</summary>
    public List<string> Owners(ReadConnection connection) => connection.Query(
        "select distinct owner from jobs where queue = $1 and state = 1", row => row.Text(0), name);

    /// <summary>Ends a lease of somebody else; false when that has happened, or is happening.</summary>
    private bool GiveBack(WriteTransaction transaction, HeldLease held, string reason)
    {
        // Without waiting: this transaction has locked others by now.
        if (held.Key is not null && !transaction.TryLock(held.Key)) return false;
        var state = transaction.First(
            """
            update jobs set state = case when attempts >= $1 then 3 else 0 end, error = $2, owner = null,
                lease_until_ms = null
            where id = $3 and fence = $4 and state = 1
            returning state
            """, row => (JobState?)row.Int32(0), options.AttemptLimit, reason, held.Id, held.Fence);
        if (state is null) return false;
        if (state == JobState.Dead) Bury(transaction, held.Id, held.Key);
        else transaction.AfterCommit(() => RaiseChanged(held.Key));
        return true;
    }

    private static HeldLease MapHeld(Row row) => new(row.Int64(0), row.TextOrNull(1), row.Int64(2));

    private readonly record struct HeldLease(long Id, string? Key, long Fence);
}
