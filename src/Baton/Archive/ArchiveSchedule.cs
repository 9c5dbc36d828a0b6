using Baton.Operations.Scheduling;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Archive;

/// <summary>
/// While a server runs and a place is set: lets months leave by the calendar, and destroys what is over.
/// </summary>
/// <param name="followed">See <see cref="ArchiveRun"/>.</param>
internal sealed partial class ArchiveSchedule(
    Database database, Schedules schedules, Notices notices, ArchiveOptions options,
    Func<CancellationToken, Task> followed, ILogger<ArchiveSchedule> logger) : IHostedService
{
    /// <summary>Kind of the job, and name of its schedule.</summary>
    public const string Kind = "archive";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The schedule is of all processes: one without the setting leaves that of the others alone.
        if (options.To is null) return;
        try
        {
            await schedules.SetAsync(Kind, Kind, options.Cron, options.TimeZone, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (FormatException error)
        {
            LogUnusable(error.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes the schedule away for all processes.</summary>
    public static void Remove(WriteTransaction transaction)
    {
        transaction.Execute("delete from schedules where name = $1", Kind);
        transaction.Execute("delete from timers where key = $1 and kind = $2", Kind, Kind);
    }

    /// <summary>Its time has come.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await schedules.FiredAsync(Kind, cancellationToken).ConfigureAwait(false) is null) return;
        if (options.To is not { } location)
        {
            await database.WriteAsync(transaction => notices.Raise(transaction, new Notice
            {
                To = "operators", Urgency = NoticeUrgency.High, Group = Kind, Title = "Nothing was archived",
                Text = "The process that took the job has no setting BATON__Archive__To. Every process that works needs it; "
                    + "`baton audit archive --stop` ends archiving by the calendar.",
            }), cancellationToken).ConfigureAwait(false);
            return;
        }
        var report = await new ArchiveRun(database, options, followed: followed)
            .RunAsync(location, null, Kind, cancellationToken).ConfigureAwait(false);
        var expiry = new ArchiveExpiry(database, options);
        var expired = await expiry.RunAsync(Kind, cancellationToken).ConfigureAwait(false);
        var events = report.Segments.Sum(s => s.Events);
        LogDone(report.Segments.Count, events, report.Waiting.Count, expired.Count);
        foreach (var (month, why) in expiry.Waiting()) LogWaits(month, why);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Archived {Segments} segments with {Events} events; {Waiting} months wait, {Expired} segments were destroyed")]
    private partial void LogDone(int segments, long events, int waiting, int expired);

    [LoggerMessage(Level = LogLevel.Information, Message = "The archived month {Month} is over and stays: {Why}")]
    private partial void LogWaits(string month, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is archived by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
