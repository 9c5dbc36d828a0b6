using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.People.Inboxes.Pulse;

/// <summary>Looks for changes while the host runs.</summary>
internal sealed partial class InboxPulseService(InboxPulse pulse, TimeProvider clock, ILogger<InboxPulseService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(InboxPulse.Look, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken)) Step();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private void Step()
    {
        try
        {
            pulse.Step();
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Open pages could not be told what changed; trying again")]
    private partial void LogLate(Exception error);
}
