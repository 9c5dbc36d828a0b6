using Baton.Operations.Scheduling;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Operations.Backups;

/// <summary>Makes backups by the calendar while a server runs; one that fails is a notice to the operators.</summary>
internal sealed partial class BackupSchedule(
    Database database, Schedules schedules, Notices notices, BackupRun run, BackupOptions options,
    ILogger<BackupSchedule> logger) : IHostedService
{
    /// <summary>Kind of the jobs, and name of the schedule.</summary>
    public const string Kind = "backup";

    private const string Zone = "UTC";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Cron.Length == 0)
                await schedules.RemoveAsync(Kind, Kind, cancellationToken).ConfigureAwait(false);
            // The calendar is everybody's: another process may have set it.
            else if (options.Folder is not null)
                await schedules.SetAsync(Kind, Kind, options.Cron, Zone, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException error)
        {
            LogUnusable(error.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Its job; the next time is set first.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await schedules.FiredAsync(Kind, cancellationToken).ConfigureAwait(false) is null) return;
        try
        {
            if (options is not { Folder: { } folder, KeyFile: { } key })
                throw new BackupException(
                    "this process has no BATON__Backup__Folder; set it on every process that works (to make none any more, "
                    + "set BATON__Backup__Cron to nothing on one)");
            await run.MakeAsync(folder, key, options, Kind, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is BackupException or StorageException)
        {
            LogFailed(error);
            await database.WriteAsync(t => notices.Raise(t, new Notice
            {
                To = "operators", Urgency = NoticeUrgency.High, Group = Kind, Title = "No backup was made",
                Text = error.Message,
            }), cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup is made by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup was made")]
    private partial void LogFailed(Exception error);
}
