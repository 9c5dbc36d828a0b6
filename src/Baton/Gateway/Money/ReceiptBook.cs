using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>
/// Takes receipts and gets them to the disk without holding up the answer: those that end within a few milliseconds are
/// one transaction. An attempt is noted at once when it begins, so that a process that dies still owes a receipt; one
/// that has ended before its note was written needs none. When the database fails, nothing is lost: receipts wait in
/// memory, and no new attempt may begin until they are written.
/// </summary>
/// <param name="gather">How long a receipt waits for others.</param>
internal sealed class ReceiptBook(Database database, BudgetBook budgets, TimeProvider clock, TimeSpan gather)
{
    /// <summary>An attempt that has not ended this long after its deadline is taken for abandoned.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private ReceiptBatch _next = new();
    private ReceiptBatch? _writing;
    private bool _failed;
    private Task _work = Task.CompletedTask;

    /// <summary>The writing under way. It ends when nothing waits any more, or when the database fails.</summary>
    public Task Work { get { lock (_gate) return _work; } }

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
            _next.Hurry.TrySetResult();
            Start();
            if (_failed) throw Refusal();
        }
    }

    /// <summary>Counts a receipt now and queues it for the disk, also when counting fails.</summary>
    public void Add(Receipt receipt)
    {
        try
        {
            budgets.Spend(receipt);
        }
        finally
        {
            lock (_gate)
            {
                _next.End(receipt);
                Start();
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
            Start();
            var last = _next.IsEmpty ? _writing! : _next;
            last.Hurry.TrySetResult();
            written = last.Written.Task;
        }
        if (!await written.WaitAsync(cancellationToken).ConfigureAwait(false)) throw Refusal();
    }

    /// <summary>Turns attempts of processes that died into receipts. Run at the start and then every minute.</summary>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        var lost = database.Read(connection => ReceiptStore.Expired(connection, clock.GetUtcNow()));
        foreach (var receipt in lost) Add(receipt with { Status = ReceiptStatus.Abandoned });
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return lost.Count;
    }

    private void Start()
    {
        if (_writing is not null || _next.IsEmpty) return;
        _writing = _next;
        _work = Task.Run(WriteAllAsync);
    }

    /// <summary>
    /// One batch after the other until nothing is left, or until one fails: then the next caller tries again.
    /// </summary>
    private async Task WriteAllAsync()
    {
        while (true)
        {
            var batch = _writing!;
            await Task.WhenAny(batch.Hurry.Task, Task.Delay(gather, clock)).ConfigureAwait(false);
            lock (_gate) _next = new ReceiptBatch();
            var written = await WriteAsync(batch).ConfigureAwait(false);
            lock (_gate)
            {
                _failed = !written;
                if (_failed) Return(batch);
                _writing = _failed || _next.IsEmpty ? null : _next;
                batch.Written.SetResult(written);
                if (_writing is null) return;
            }
        }
    }

    /// <summary>Everything waits for the next try, and whoever waits for it now is told.</summary>
    private void Return(ReceiptBatch batch)
    {
        var waiting = _next;
        _next = ReceiptBatch.Of(batch, waiting);
        waiting.Written.SetResult(false);
    }

    private async Task<bool> WriteAsync(ReceiptBatch batch)
    {
        try
        {
            var write = batch.Prepare();
            await database.WriteAsync(write).ConfigureAwait(false);
            foreach (var receipt in batch.Ended) budgets.Written(receipt);
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
internal sealed class ReceiptBatch
{
    /// <summary>Ids of receipts whose attempt never had a note on the disk.</summary>
    private readonly HashSet<string> _unnoted = [];

    public Dictionary<string, (Receipt Receipt, DateTimeOffset Expires)> Begun { get; } = [];

    public List<Receipt> Ended { get; } = [];

    public bool IsEmpty => Begun.Count == 0 && Ended.Count == 0;

    /// <summary>Somebody waits.</summary>
    public TaskCompletionSource Hurry { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it could be written.</summary>
    public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void End(Receipt receipt)
    {
        if (Begun.Remove(receipt.Id)) _unnoted.Add(receipt.Id);
        Ended.Add(receipt);
    }

    /// <summary>A batch that failed and what came meanwhile.</summary>
    public static ReceiptBatch Of(ReceiptBatch failed, ReceiptBatch later)
    {
        var both = new ReceiptBatch();
        foreach (var (id, note) in failed.Begun.Concat(later.Begun)) both.Begun[id] = note;
        foreach (var receipt in failed.Ended.Concat(later.Ended)) both.End(receipt);
        return both;
    }

    /// <summary>The write, with every text made before the writer's thread is asked.</summary>
    public Action<WriteTransaction> Prepare()
    {
        var notes = Begun.Values.Select(n => (n.Receipt.Id, n.Expires, Json: ReceiptStore.ToJson(n.Receipt))).ToList();
        var receipts = Ended.ConvertAll(
            r => new UnwrittenReceipt(r, ReceiptStore.ReceiptTexts.Of(r), !_unnoted.Contains(r.Id)));
        return transaction =>
        {
            foreach (var (id, expires, json) in notes) ReceiptStore.Begin(transaction, id, expires, json);
            ReceiptStore.Write(transaction, receipts);
        };
    }
}
