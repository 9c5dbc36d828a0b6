using Baton.Playbooks;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Evaluation.Rollouts;

/// <summary>Makes a process follow the roll-out that the database names, as often as it looks at playbooks.</summary>
internal sealed partial class RolloutFollower(
    RolloutWatch watch, PlaybookOptions options, TimeProvider clock, ILogger<RolloutFollower> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.FollowEvery, clock);
        try
        {
            do await LookAsync(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not say how the roll-out stands; trying again")]
    private partial void LogLate(Exception error);
}
