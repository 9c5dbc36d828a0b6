using System.Diagnostics;
using System.Globalization;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;

namespace Baton.Storage.Outgoing;

/// <summary>
/// Effects on the outside, written in the transaction that decides them and sent afterwards. Delivery is a job of a
/// queue of its own: leases, order per key, back-off and dead letters are the queue's.
/// </summary>
internal sealed class Outbox
{
    /// <summary>Name of the delivery queue, and of its jobs.</summary>
    public const string QueueName = "outbox";

    private readonly JobQueue _queue;
    private readonly TimeProvider _clock;
    private Action<WriteTransaction, OutboxView>? _gaveUp, _recovered;
    private Action<OutboxMessage>? _delivered;

    /// <param name="options">Of the delivery: attempts, back-off, how many at the same time.</param>
    /// <param name="clock">Time of attempts.</param>
    /// <param name="random">Spreads retries.</param>
    /// <param name="clear">What is kept of an error, and of what the other side calls a message.</param>
    /// <param name="dispatch">How messages reach workers; null: workers look by themselves.</param>
    public Outbox(
        JobOptions options, TimeProvider clock, Random random, ClearText? clear = null, IDispatch? dispatch = null)
    {
        _clock = clock;
        _queue = new JobQueue(QueueName, options, clock, random)
        {
            Clear = clear ?? (text => text), Dispatch = dispatch ?? LocalDispatch.Instance,
        };
        _queue.WhenDead(QueueName, GiveUp);
    }

    /// <summary>Slower and more patient than the queue of turns: 12 attempts over about an hour and a half.</summary>
    public static JobOptions DefaultOptions { get; } = new()
    {
        AttemptLimit = 12,
        BackoffMs = 2_000,
        BackoffLimitMs = 900_000,
        Concurrency = 8,
        Ahead = 24,
    };

    /// <summary>The queue of deliveries, for the worker that runs <see cref="Handlers"/>.</summary>
    public JobQueue Queue => _queue;

    /// <summary>
    /// What follows from a message that is given up, in the same transaction. To be set up before the first is sent.
    /// </summary>
    public void WhenGivenUp(Action<WriteTransaction, OutboxView> handle) => _gaveUp = handle;

    /// <summary>What follows when one that had been given up is delivered after all.</summary>
    public void WhenRecovered(Action<WriteTransaction, OutboxView> handle) => _recovered = handle;

    /// <summary>What follows in this process once it is on record that a message has left.</summary>
    public void WhenDelivered(Action<OutboxMessage> handle) => _delivered += handle;

    /// <summary>Adds a message; false when its idempotency key was used before, and nothing was added.</summary>
    public bool Add(WriteTransaction transaction, OutboxMessage message)
    {
        transaction.Lock(message.Key);
        var added = transaction.InsertNew(
            """
            insert into outbox (idempotency_key, key, kind, payload, job_id, created_at_ms, attempts)
            values ($1, $2, $3, $4, 0, $5, 0)
            on conflict (idempotency_key) do nothing
            returning id
            """,
            message.IdempotencyKey, message.Key, message.Kind, message.Payload, SqlValue.Ms(_clock.GetUtcNow()));
        if (added is { } id) Enqueue(transaction, id, message.Key);
        return added is not null;
    }

    /// <summary>The message with this idempotency key, or null.</summary>
    public OutboxView? Find(ReadConnection connection, string idempotencyKey) =>
        connection.First($"{Select} where o.idempotency_key = $1", Map, idempotencyKey);

    /// <summary>Sends what is held for a kind, oldest first; gives their number.</summary>
    public int Release(WriteTransaction transaction, string kind)
    {
        var held = transaction.Query(
            "select id, key from outbox where kind = $1 and held_at_ms is not null order by id",
            row => (Id: row.Int64(0), Key: row.Text(1)), kind);
        transaction.Lock([.. held.Select(h => h.Key).Distinct()]);
        // Another release may have sent some meanwhile.
        held.RemoveAll(h => transaction.Number(
            "select 1 from outbox where id = $1 and held_at_ms is not null", h.Id) is null);
        foreach (var (id, key) in held) Enqueue(transaction, id, key);
        return held.Count;
    }

    /// <summary>
    /// Sends a message again that is not on its way, perhaps by another kind: with all attempts, behind what its key
    /// sends now.
    /// </summary>
    /// <param name="byPerson">Whether a person wants it, whatever held it.</param>
    public void SendAgain(WriteTransaction transaction, OutboxView view, string kind, bool byPerson)
    {
        transaction.Execute(
            """
            update outbox set kind = $1, by_person = $2, refused = 0, attempts = 0, delivered_at_ms = null,
                receipt = null, gave_up_at_ms = case when kind = $1 then gave_up_at_ms else null end
            where id = $3
            """,
            kind, byPerson, view.Id);
        var job = transaction.Number("select job_id from outbox where id = $1", view.Id) ?? 0;
        // The same job again where it is the same effect: the channel knows that it may have been sent.
        if (kind == view.Message.Kind && JobInspection.Redrive(transaction, job, _clock))
        {
            transaction.AfterCommit(() => _queue.Wake(view.Message.Key));
            return;
        }
        JobInspection.Discard(transaction, job);
        Enqueue(transaction, view.Id, view.Message.Key);
    }

    /// <summary>The newest messages of a kind whose key ends so, newest first.</summary>
    public static List<OutboxView> Newest(ReadConnection connection, string kind, string keyEnd, int limit) =>
        connection.Query(
            $"{Select} where o.kind = $1 and o.key like $2 order by o.id desc limit $3", Map, kind, "%" + keyEnd,
            (long)limit);

    /// <summary>The same from a moment on, oldest first.</summary>
    public static List<OutboxView> Since(
        ReadConnection connection, string kind, string keyEnd, DateTimeOffset since, int limit) => connection.Query(
            $"{Select} where o.kind = $1 and o.key like $2 and o.created_at_ms >= $3 order by o.id limit $4", Map, kind,
            "%" + keyEnd, SqlValue.Ms(since), (long)limit);

    /// <summary>The message of a number, or null.</summary>
    public static OutboxView? Find(ReadConnection connection, long id) =>
        connection.First($"{Select} where o.id = $1", Map, id);

    /// <summary>What is held of a key, oldest first.</summary>
    public static List<OutboxView> HeldOf(ReadConnection connection, string key) =>
        connection.Query($"{Select} where o.key = $1 and o.held_at_ms is not null order by o.id", Map, key);

    /// <summary>Whether a message of this kind is given up and not run again yet.</summary>
    public static bool HasGivenUp(ReadConnection connection, string kind) => connection.Number(
        "select 1 from outbox where kind = $1 and gave_up_at_ms is not null limit 1", kind) is not null;

    /// <summary>Idempotency keys of a key's messages that have left.</summary>
    public static HashSet<string> Delivered(ReadConnection connection, string key) => [.. connection.Query(
        "select idempotency_key from outbox where key = $1 and delivered_at_ms is not null", row => row.Text(0), key)];

    /// <summary>How many of a key's messages have left.</summary>
    public static long DeliveredCount(ReadConnection connection, string key) => connection.Number(
        "select count(*) from outbox where key = $1 and delivered_at_ms is not null", key) ?? 0;

    /// <summary>The newest messages of all kinds but notices and digests, newest first.</summary>
    public static List<SentText> Newest(ReadConnection connection, int limit) => connection.Query(
        """
        select o.kind, o.created_at_ms, o.delivered_at_ms, o.gave_up_at_ms, o.held_at_ms, o.refused,
            coalesce(j.error, o.error)
        from (select * from outbox order by id desc limit $1) o left join jobs j on j.id = o.job_id
        where o.kind <> $2 and o.kind <> $3 order by o.id desc
        """,
        row => new SentText(
            row.Text(0), row.Time(1), row.TimeOrNull(2), row.TimeOrNull(3), row.TimeOrNull(4), row.Bool(5),
            row.TextOrNull(6)),
        (long)limit, Notices.Kind, PreparedNotice.Kind);

    /// <summary>What is held, by kind: how many, and why the last of them is.</summary>
    public static List<HeldMessages> Held(ReadConnection connection) => connection.Query(
        """
        select h.kind, h.n, o.error
        from (select kind, count(*) as n, max(id) as last from outbox where held_at_ms is not null group by kind) h
        join outbox o on o.id = h.last
        order by h.kind
        """,
        row => new HeldMessages(row.Text(0), row.Int32(1), row.TextOrNull(2) ?? ""));

    /// <summary>What the delivery worker runs.</summary>
    public IReadOnlyDictionary<string, JobHandler> Handlers(Database database, Sender send) =>
        new Dictionary<string, JobHandler>
        {
            [QueueName] = (job, cancellationToken) => DeliverAsync(database, send, job, cancellationToken),
        };

    private void Enqueue(WriteTransaction transaction, long id, string key)
    {
        var job = _queue.EnqueueAlways(transaction, new NewJob
        {
            Kind = QueueName, Key = key, Payload = id.ToString(CultureInfo.InvariantCulture),
        });
        transaction.Execute("update outbox set job_id = $1, held_at_ms = null, error = null where id = $2", job, id);
    }

    private async Task DeliverAsync(Database database, Sender send, LeasedJob job, CancellationToken cancellationToken)
    {
        var id = IdOf(job.Payload);
        var view = database.Read(c => Find(c, id));
        if (view is null or { DeliveredAt: not null }) return;
        var message = view.Message with { IsRepeated = job.Fence > 1 };
        var outcome = await send(message, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(t => Record(t, id, job, outcome), CancellationToken.None).ConfigureAwait(false);
    }

    private void Record(WriteTransaction transaction, long id, LeasedJob job, SendOutcome outcome)
    {
        transaction.Lock(job.Key!);
        switch (outcome)
        {
            case SendOutcome.Refused refused:
                transaction.Execute("update outbox set refused = 1 where id = $1", id);
                _queue.Fail(transaction, job, refused.Reason, retry: false);
                break;
            case SendOutcome.Retry retry:
                _queue.Fail(transaction, job, retry.Reason, after: retry.After);
                break;
            case SendOutcome.Held held:
                _queue.Complete(transaction, job);
                transaction.Execute(
                    "update outbox set attempts = $1, held_at_ms = $2, error = $3 where id = $4",
                    job.Attempt, SqlValue.Ms(_clock.GetUtcNow()), _queue.Clear(held.Reason), id);
                break;
            case SendOutcome.Delivered delivered:
                var before = Find(transaction, id)!;
                _queue.Complete(transaction, job);
                transaction.Execute(
                    """
                    update outbox set attempts = $1, delivered_at_ms = $2, receipt = $3, gave_up_at_ms = null,
                        error = null, refused = 0
                    where id = $4
                    """,
                    job.Attempt, SqlValue.Ms(_clock.GetUtcNow()),
                    delivered.Receipt is { } receipt ? _queue.Clear(receipt) : null, id);
                if (before.GaveUpAt is not null) Recover(transaction, before);
                if (_delivered is { } told) transaction.AfterCommit(() => told(before.Message));
                break;
            default: throw new UnreachableException(outcome.GetType().Name);
        }
    }

    private void Recover(WriteTransaction transaction, OutboxView view)
    {
        // It has arrived, even when telling so fails: another attempt would send it twice.
        if (_recovered is { } recovered && transaction.Attempt(() => recovered(transaction, view)) is { } error)
            transaction.Execute(
                "update outbox set error = $1 where id = $2", $"What was to follow failed: {error}", view.Id);
    }

    private void GiveUp(WriteTransaction transaction, JobView job)
    {
        var id = IdOf(job.Payload);
        transaction.Execute(
            "update outbox set attempts = $1, gave_up_at_ms = $2, error = $3 where id = $4",
            job.Attempts, SqlValue.Ms(_clock.GetUtcNow()), job.Error, id);
        if (_gaveUp is not { } gaveUp
            || Find(transaction, id) is not { } view) return;
        // The message is given up even when telling so fails; why is kept with it.
        if (transaction.Attempt(() => gaveUp(transaction, view)) is { } error)
            transaction.Execute("update outbox set error = $1 where id = $2",
                $"{job.Error}\n{_queue.Clear(error.ToString())}", id);
    }

    private static long IdOf(string payload) => long.Parse(payload, CultureInfo.InvariantCulture);

    private const string Select = """
        select o.id, o.idempotency_key, o.key, o.kind, o.payload, coalesce(j.attempts, o.attempts), o.created_at_ms,
            case when j.state = 3 then null else j.run_at_ms end, o.delivered_at_ms, o.gave_up_at_ms, o.receipt,
            coalesce(j.error, o.error), o.held_at_ms,
            o.refused, o.by_person
        from outbox o left join jobs j on j.id = o.job_id
        """;

    private static OutboxView Map(Row row) => new()
    {
        Id = row.Int64(0),
        Message = new OutboxMessage
        {
            IdempotencyKey = row.Text(1), Key = row.Text(2), Kind = row.Text(3), Payload = row.Text(4),
            IsByPerson = row.Bool(14),
        },
        Attempts = row.Int32(5),
        CreatedAt = row.Time(6),
        NextAt = row.TimeOrNull(7),
        DeliveredAt = row.TimeOrNull(8),
        GaveUpAt = row.TimeOrNull(9),
        Receipt = row.TextOrNull(10),
        Error = row.TextOrNull(11),
        HeldAt = row.TimeOrNull(12),
        IsRefused = row.Bool(13),
    };
}
