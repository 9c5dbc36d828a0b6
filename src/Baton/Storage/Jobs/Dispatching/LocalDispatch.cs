namespace Baton.Storage.Jobs.Dispatching;

/// <summary>
/// Every worker looks into the table: at once for work of its own process, and a few times a second for that of others.
/// </summary>
internal sealed class LocalDispatch : IDispatch
{
    public static LocalDispatch Instance { get; } = new();

    private LocalDispatch() { }

    /// <summary>Workers of this process hear of it from their queue; others look by themselves.</summary>
    public void Nudge(string queue, string? key) { }

    public void Signal(string text) { }

    public void Hear(Action<string> hear) { }

    public async Task RunAsync(IWorkSeat seat, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (await seat.TakeDueAsync(TimeSpan.Zero).ConfigureAwait(false)) { }
            await seat.WokenAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
