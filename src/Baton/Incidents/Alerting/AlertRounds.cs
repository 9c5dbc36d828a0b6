using Baton.Incidents.Digesting;
using Baton.Incidents.Drilling;
using Baton.Incidents.Triaging;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Incidents.Alerting;

/// <summary>Notes which build runs, and looks at the alerts every minute while the host runs. Follows the calendar of
/// digests.</summary>
internal sealed partial class AlertRounds(
    AlertWatch watch, Deployments deployments, DrillReminder drills, DigestSchedule digests, TimeProvider clock,
    ILogger<AlertRounds> logger)
    : BackgroundService
{
    private const int RoundsOfHour = 60;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            await TryAsync(() => deployments.NoteAsync(
                Deployments.Own.Build, Deployments.Own.Version, stoppingToken));
            await TryAsync(() => digests.FollowAsync(stoppingToken));
            for (var round = 0; await tick.WaitForNextTickAsync(stoppingToken); round++)
            {
                await TryAsync(() => watch.RoundAsync(stoppingToken));
                await TryAsync(() => digests.FollowAsync(stoppingToken));
                if (round % RoundsOfHour == 0) await TryAsync(() => drills.RemindAsync(stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Alerts could not be looked at; trying again in a minute")]
    private partial void LogLate(Exception error);
}
