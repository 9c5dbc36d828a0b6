using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Evaluation.Shadows;

/// <summary>Works on the shadow's jobs while the host runs, one at a time, and ends it when its time is over.</summary>
internal sealed partial class ShadowService(
    ShadowWatch watch, Database database, PlaybookOptions options, TimeProvider clock, ILogger<ShadowService> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var worker = new JobWorker(database, watch.Jobs,
            new Dictionary<string, JobHandler> { [ShadowWatch.Kind] = watch.HandleAsync }, logger);
        return Task.WhenAll(worker.RunAsync(stoppingToken), LookAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(options.FollowEvery, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await watch.FollowAsync(cancellationToken);
                }
                catch (StorageException error) when (error.IsTransient)
                {
                    LogLate(error);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not say how the shadow stands; trying again")]
    private partial void LogLate(Exception error);
}
