using Microsoft.Extensions.Hosting;

namespace Baton.Decisions.Working;

/// <summary>Works on turns and timers while the host runs.</summary>
internal sealed class WorkerService(Workers workers, BatonOptions options) : BackgroundService
{
    /// <summary>Whether turns are worked on: started, and not ended by a fault; or others work.</summary>
    public bool IsRunning => !options.Works || ExecuteTask is { IsCompleted: false };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Works ? workers.RunAsync(stoppingToken) : Task.CompletedTask;
}
