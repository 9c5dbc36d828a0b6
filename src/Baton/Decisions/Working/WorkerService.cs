using Microsoft.Extensions.Hosting;

namespace Baton.Decisions.Working;

/// <summary>Works on turns and timers while the host runs.</summary>
internal sealed class WorkerService(Workers workers) : BackgroundService
{
    /// <summary>Whether turns are worked on: started, and not ended by a fault.</summary>
    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => workers.RunAsync(stoppingToken);
}
