namespace Baton.Storage.Jobs;

/// <summary>Looking at the queue, and what a person can do about dead jobs.</summary>
internal static class JobInspection
{
    private const string Columns =
        "id, queue, kind, key, state, attempts, created_at_ms, run_at_ms, owner, error, payload";

    /// <summary>Jobs per state over all queues; a state without jobs is absent.</summary>
    public static Dictionary<JobState, long> Counts(ReadConnection connection) => connection
        .Query("select state, count(*) from jobs group by state",
            r => KeyValuePair.Create((JobState)r.Int32(0), r.Int64(1)))
        .ToDictionary();

    /// <summary>Jobs in one state, oldest first.</summary>
    public static List<JobView> List(ReadConnection connection, JobState state, int limit) =>
        connection.Query($"select {Columns} from jobs where state = $1 order by id limit $2", Map, (long)state, limit);

    public static JobView? Find(ReadConnection connection, long id) =>
        connection.First($"select {Columns} from jobs where id = $1", Map, id);

    /// <summary>
    /// Gives a dead job all its attempts again; false when there is no such dead job. It takes its old place in the
    /// line of its key, behind a job that is running now.
    /// </summary>
    public static bool Redrive(WriteTransaction transaction, long id, TimeProvider clock)
    {
        if (Find(transaction, id)?.Key is { } key) transaction.Lock(key);
        if (Find(transaction, id) is not { State: JobState.Dead } job) return false;
        var blocked = job.Key is not null
            && transaction.Number(
                "select 1 from jobs where queue = $1 and key = $2 and state <> 3 limit 1", job.Queue,
                job.Key) is not null;
        return transaction.Execute(
            """
            update jobs set state = $1, attempts = 0, run_at_ms = $2, unknown_since_ms = null
            where id = $3 and state = 3
            """,
            (long)(blocked ? JobState.Waiting : JobState.Ready), SqlValue.Ms(clock.GetUtcNow()), id) == 1;
    }

    /// <summary>Removes a dead job for good; false when there is no such dead job.</summary>
    public static bool Discard(WriteTransaction transaction, long id) =>
        transaction.Execute("delete from jobs where id = $1 and state = 3", id) == 1;

    private static JobView Map(Row row) => new()
    {
        Id = row.Int64(0),
        Queue = row.Text(1),
        Kind = row.Text(2),
        Key = row.TextOrNull(3),
        State = (JobState)row.Int32(4),
        Attempts = row.Int32(5),
        CreatedAt = row.Time(6),
        RunAt = row.Time(7),
        Owner = row.TextOrNull(8),
        Error = row.TextOrNull(9),
        Payload = row.Text(10),
    };
}
