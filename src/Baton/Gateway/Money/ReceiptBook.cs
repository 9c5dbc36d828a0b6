using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>
/// Takes receipts and gets them to the disk without holding up the answer: writes are queued in order and grouped. An
/// attempt is noted when it begins, so that a process that dies still owes a receipt. When the database fails, nothing
/// is lost: receipts wait in memory, and no new attempt may begin until they are written.
/// </summary>
internal sealed class ReceiptBook(Database database, BudgetBook budgets, TimeProvider clock)
{
    /// <summary>An attempt that has not ended this long after its deadline is taken for abandoned.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<Receipt> _unwritten = new();
    private readonly HashSet<Task> _pending = [];

    /// <summary>Notes that an attempt begins.</summary>
    /// <param name="receipt">The receipt it becomes if this process dies, at the reserved cost.</param>
    /// <param name="deadline">When the attempt ends at the latest.</param>
    /// <exception cref="GatewayException">Earlier receipts cannot be written.</exception>
    public void Begin(Receipt receipt, DateTimeOffset deadline)
    {
        RetryUnwritten();
        var json = ReceiptStore.ToJson(receipt);
        Track(database.WriteAsync(t => ReceiptStore.Begin(t, receipt.Id, deadline + Grace, json)));
    }

    /// <summary>Counts a receipt now and queues it for the disk.</summary>
    public void Add(Receipt receipt)
    {
        budgets.Spend(receipt);
        Track(Write(receipt));
    }

    /// <summary>Returns when everything that was added before is on the disk.</summary>
    /// <exception cref="GatewayException">Receipts cannot be written.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        Task[] pending;
        lock (_gate) pending = [.. _pending];
        await Task.WhenAll(pending).WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate) if (_unwritten.Count == 0) return;
        throw Refusal();
    }

    /// <summary>Turns attempts of processes that died into receipts. Run at the start and then every minute.</summary>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        var lost = database.Read(connection => ReceiptStore.Expired(connection, clock.GetUtcNow()));
        foreach (var receipt in lost) Add(receipt with { Status = ReceiptStatus.Abandoned });
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return lost.Count;
    }

    private async Task Write(Receipt receipt)
    {
        try
        {
            var texts = ReceiptStore.ReceiptTexts.Of(receipt);
            await database.WriteAsync(t => ReceiptStore.Write(t, receipt, texts)).ConfigureAwait(false);
            budgets.Written(receipt);
        }
        catch (Exception error) when (error is StorageException or ObjectDisposedException)
        {
            lock (_gate) _unwritten.Enqueue(receipt);
        }
    }

    private void RetryUnwritten()
    {
        List<Receipt> again;
        lock (_gate)
        {
            if (_unwritten.Count == 0) return;
            again = [.. _unwritten];
            _unwritten.Clear();
        }
        foreach (var receipt in again) Track(Write(receipt));
        throw Refusal();
    }

    private static GatewayException Refusal() => new(GatewayFailure.Stopped,
        "receipts of earlier calls cannot be written; no model is asked until they are. Check disk and database.");

    private void Track(Task task)
    {
        if (task.IsCompletedSuccessfully) return;
        lock (_gate) _pending.Add(task);
        // Forgets the task when it ends, so that flushing waits only for what is still open.
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Forget(Task task)
    {
        _ = task.Exception;
        lock (_gate) _pending.Remove(task);
    }
}
