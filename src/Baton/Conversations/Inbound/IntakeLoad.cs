namespace Baton.Conversations.Inbound;

/// <summary>
/// Deliveries that wait for the disk. Turns give way to them: a sender waits for the answer to a delivery, and nobody
/// for the next turn as exactly. No turn waits longer than <see cref="IntakeOptions.GiveWayMs"/>, so that turns go on
/// however many deliveries come.
/// </summary>
internal sealed class IntakeLoad(IntakeOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _waiting;
    private TaskCompletionSource? _none;

    /// <summary>Counts one delivery until <paramref name="write"/> has ended.</summary>
    public async Task<T> CountAsync<T>(Task<T> write)
    {
        Change(1);
        try
        {
            return await write;
        }
        finally
        {
            Change(-1);
        }
    }

    /// <summary>Waits until no delivery waits, or long enough.</summary>
    public async Task GiveWayAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _waiting) == 0 || options.GiveWayMs == 0) return;
        Task none;
        lock (_gate)
        {
            if (_waiting == 0) return;
            none = (_none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        try
        {
            await none.WaitAsync(TimeSpan.FromMilliseconds(options.GiveWayMs), clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Long enough.
        }
    }

    private void Change(int by)
    {
        lock (_gate)
        {
            _waiting += by;
            if (_waiting > 0) return;
            _none?.SetResult();
            _none = null;
        }
    }
}
