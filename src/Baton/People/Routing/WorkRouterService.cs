using Baton.People.Inboxes;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.People.Routing;

/// <summary>Looks for work to give out every second, while the host runs.</summary>
internal sealed partial class WorkRouterService(
    WorkRouter router, HandOvers handOvers, PersonActivity activity, TimeProvider clock,
    ILogger<WorkRouterService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await activity.SweepAsync(stoppingToken);
                    await handOvers.SweepAsync(stoppingToken);
                    await router.SweepAsync(stoppingToken);
                }
                catch (StorageException error) when (error.IsTransient)
                {
                    LogLate(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work could not be given out; trying again")]
    private partial void LogLate(Exception error);
}
