using System.Threading.Channels;
using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>
/// Takes receipts and gets them to the disk without holding up the answer: those that end within a few milliseconds are
/// one transaction. An attempt is noted at once when it begins, so that a process that dies still owes a receipt; one
/// that has ended before its note was written needs none. When the database fails, nothing is lost: receipts wait in
/// memory, and no new attempt may begin until they are written.
/// </summary>
internal sealed class ReceiptBook
{
    /// <summary>An attempt that has not ended this long after its deadline is taken for abandoned.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly BudgetBook _budgets;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _gather;
    private readonly ITimer _due;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private ReceiptBatch _next;
    private ReceiptBatch? _writing;
    private bool _failed;
    private bool _isDue;
    private bool _isSoon;

    /// <param name="gather">How long a receipt waits for others.</param>
    public ReceiptBook(Database database, BudgetBook budgets, TimeProvider clock, TimeSpan gather)
    {
        (_database, _budgets, _clock, _gather) = (database, budgets, clock, gather);
        _next = Empty();
        budgets.Returned += Returned;
        _due = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // It lives as long as somebody may wake it, and sleeps for nearly all of that.
        if (!database.Pumped) _ = LoopAsync();
    }

    /// <summary>Notes that an attempt begins.</summary>
    /// <param name="receipt">The receipt it becomes if this process dies, at the reserved cost.</param>
    /// <param name="deadline">When the attempt ends at the latest.</param>
    /// <exception cref="GatewayException">Earlier receipts cannot be written.</exception>
    public void Begin(Receipt receipt, DateTimeOffset deadline)
    {
        lock (_gate)
        {
            if (!_failed) _next.Begun[receipt.Id] = (receipt, deadline + Grace);
            // Only the ended may wait for company: until a note is on the disk, a crash would forget its attempt.
            WakeNow();
            if (_failed) throw Refusal();
        }
    }

    /// <summary>Counts a receipt now and queues it for the disk, also when counting fails.</summary>
    public void Add(Receipt receipt)
    {
        try
        {
            _budgets.Spend(receipt);
        }
        finally
        {
            lock (_gate)
            {
                _next.End(receipt);
                WakeSoon();
            }
        }
    }

    /// <summary>Returns when everything that was added before is on the disk.</summary>
    /// <exception cref="GatewayException">Receipts cannot be written.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        Task<bool> written;
        lock (_gate)
        {
            if (_next.IsEmpty && _writing is null) return;
            if (!_next.IsEmpty) WakeNow();
            written = (_next.IsEmpty ? _writing! : _next).WrittenAsync();
        }
        if (!await written.WaitAsync(cancellationToken).ConfigureAwait(false)) throw Refusal();
    }

    /// <summary>Turns attempts of processes that died into receipts. Run at the start and then every minute.</summary>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        var lost = _database.Read(connection => ReceiptStore.Expired(connection, _clock.GetUtcNow()));
        foreach (var receipt in lost) Add(receipt with { Status = ReceiptStatus.Abandoned });
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return lost.Count;
    }

    /// <summary>
    /// Writes what is due, in one transaction; false when nothing is, or when it failed: then the next caller tries
    /// again. All that the loop does, for whoever decides the order of everything.
    /// </summary>
    public async Task<bool> StepAsync()
    {
        ReceiptBatch batch;
        lock (_gate)
        {
            if (!_isDue || _writing is not null) return false;
            batch = _writing = _next;
            // What they were reserved for is in this batch or an earlier one.
            batch.Returned.AddRange(_budgets.TakeReturned());
            (_next, _isDue, _isSoon) = (Empty(), false, false);
        }
        var written = await WriteAsync(batch).ConfigureAwait(false);
        ReceiptBatch? returned = null;
        lock (_gate)
        {
            (_failed, _writing) = (!written, null);
            if (_failed) returned = Return(batch);
        }
        batch.Tell(written);
        returned?.Tell(false);
        return written;
    }

    /// <summary>One loop and one timer for good: neither is made anew for a batch.</summary>
    private async Task LoopAsync()
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync().ConfigureAwait(false))
            while (await StepAsync().ConfigureAwait(false)) { }
    }

    private ReceiptBatch Empty() => new(_database.Pumped);

    private void Returned()
    {
        lock (_gate) WakeSoon();
    }

    private void Wake()
    {
        lock (_gate)
            if (!_next.IsEmpty || _isSoon) WakeNow();
    }

    /// <summary>Something waits, and shall not wait any longer.</summary>
    private void WakeNow()
    {
        _isDue = true;
        _wake.Writer.TryWrite(true);
    }

    /// <summary>The first to end waits for the others.</summary>
    private void WakeSoon()
    {
        if (_isDue || _isSoon) return;
        _isSoon = true;
        _due.Change(_gather, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Everything waits for the next try.</summary>
    /// <returns>The batch that came meanwhile: whoever waits for it is told.</returns>
    private ReceiptBatch Return(ReceiptBatch batch)
    {
        var waiting = _next;
        _next = Empty();
        _next.Take(batch);
        _next.Take(waiting);
        return waiting;
    }

    private async Task<bool> WriteAsync(ReceiptBatch batch)
    {
        try
        {
            var write = batch.Prepare(_clock.GetUtcNow());
            await _database.WriteAsync(write).ConfigureAwait(false);
            foreach (var receipt in batch.Ended) _budgets.Written(receipt);
            return true;
        }
        catch (Exception)
        {
            // Whatever it is, money must not be forgotten: the receipts stay, and no model is asked until they are
            // written.
            return false;
        }
    }

    private static GatewayException Refusal() => new(GatewayFailure.Stopped,
        "receipts of earlier calls cannot be written; no model is asked until they are. Check disk and database.");
}

/// <summary>Notes and receipts that go to the disk together.</summary>
/// <param name="inline">Whether what waits for it goes on inside the step that wrote it.</param>
internal sealed class ReceiptBatch(bool inline)
{
    /// <summary>Ids of receipts whose attempt never had a note on the disk.</summary>
    private readonly HashSet<string> _unnoted = [];

    private readonly List<TaskCompletionSource<bool>> _waiting = [];

    public Dictionary<string, (Receipt Receipt, DateTimeOffset Expires)> Begun { get; } = [];

    public List<Receipt> Ended { get; } = [];

    /// <summary>Reservations that go with it.</summary>
    public List<string> Returned { get; } = [];

    public bool IsEmpty => Begun.Count == 0 && Ended.Count == 0;

    /// <summary>
    /// Whether it could be written, for one who waits: of several on one task only the first would go on inline.
    /// </summary>
    public Task<bool> WrittenAsync()
    {
        var waiting = new TaskCompletionSource<bool>(
            inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(waiting);
        return waiting.Task;
    }

    /// <summary>Tells everybody who waits. Nobody can begin to any more.</summary>
    public void Tell(bool written)
    {
        foreach (var waiting in _waiting) waiting.SetResult(written);
    }

    public void End(Receipt receipt)
    {
        if (Begun.Remove(receipt.Id)) _unnoted.Add(receipt.Id);
        Ended.Add(receipt);
    }

    /// <summary>Takes what another batch could not write.</summary>
    public void Take(ReceiptBatch other)
    {
        Returned.AddRange(other.Returned);
        foreach (var (id, note) in other.Begun) Begun[id] = note;
        foreach (var receipt in other.Ended) End(receipt);
    }

    /// <summary>The write, with every text made before the writer's thread is asked.</summary>
    public Action<WriteTransaction> Prepare(DateTimeOffset now)
    {
        var notes = Begun.Values.Select(n => (n.Receipt.Id, n.Expires, Json: ReceiptStore.ToJson(n.Receipt))).ToList();
        var receipts = Ended.ConvertAll(
            r => new UnwrittenReceipt(r, ReceiptStore.ReceiptTexts.Of(r), !_unnoted.Contains(r.Id)));
        List<string> returned = [.. Returned];
        return transaction =>
        {
            foreach (var (id, expires, json) in notes) ReceiptStore.Begin(transaction, id, expires, json);
            ReceiptStore.Write(transaction, receipts);
            Reservations.Drop(transaction, returned, now);
        };
    }
}
