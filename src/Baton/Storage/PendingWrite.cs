namespace Baton.Storage;

/// <summary>A unit of work on its way to the disk.</summary>
internal abstract class PendingWrite
{
    private List<Action>? _afterCommit;

    /// <summary>True when the caller gave up before the work was started.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Runs the work and keeps its result until the group is on the disk.</summary>
    public void Run(WriteTransaction transaction)
    {
        try
        {
            Invoke(transaction);
        }
        finally
        {
            _afterCommit = transaction.TakeAfterCommit();
        }
    }

    /// <summary>The group is on the disk: signal, then let the caller go on.</summary>
    public void Committed()
    {
        try
        {
            foreach (var action in _afterCommit ?? []) action();
            Succeed();
        }
        catch (Exception error)
        {
            // A bug in a signal must not stop the writer; the caller learns of it.
            Fail(error);
        }
    }

    public abstract void Cancel();

    public abstract void Fail(Exception error);

    protected abstract void Invoke(WriteTransaction transaction);

    protected abstract void Succeed();
}

/// <param name="inline">Whether what waits for it goes on inside <see cref="PendingWrite.Committed"/>, on the same
/// thread.</param>
internal sealed class PendingWrite<T>(Func<WriteTransaction, T> work, bool inline, CancellationToken cancellationToken)
    : PendingWrite
{
    private readonly TaskCompletionSource<T> _done = new(
        inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;

    public Task<T> Task => _done.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    public override void Cancel() => _done.TrySetCanceled(cancellationToken);

    public override void Fail(Exception error) => _done.TrySetException(error);

    protected override void Invoke(WriteTransaction transaction) => _result = work(transaction);

    protected override void Succeed() => _done.TrySetResult(_result!);
}
