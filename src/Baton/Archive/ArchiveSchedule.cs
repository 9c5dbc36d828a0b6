using Baton.Operations.Scheduling;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Archive;

/// <summary>
/// While a server runs and a place is set: lets months leave by the calendar, and destroys what is over.
/// </summary>
internal sealed partial class ArchiveSchedule(
    Database database, Schedules schedules, ArchiveOptions options, ILogger<ArchiveSchedule> logger) : IHostedService
{
    /// <summary>Kind of the job, and name of its schedule.</summary>
    public const string Kind = "archive";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.To is null)
        {
            await schedules.RemoveAsync(Kind, Kind, cancellationToken).ConfigureAwait(false);
            return;
        }
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

    /// <summary>Its time has come.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await schedules.FiredAsync(Kind, cancellationToken).ConfigureAwait(false) is null
            || options.To is not { } location) return;
        var report = await new ArchiveRun(database, options).RunAsync(location, null, Kind, cancellationToken)
            .ConfigureAwait(false);
        var expired = await new ArchiveExpiry(database, options).RunAsync(Kind, cancellationToken)
            .ConfigureAwait(false);
        var events = report.Segments.Sum(s => s.Events);
        LogDone(report.Segments.Count, events, report.Waiting.Count, expired.Count);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Archived {Segments} segments with {Events} events; {Waiting} months wait, {Expired} segments were destroyed")]
    private partial void LogDone(int segments, long events, int waiting, int expired);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is archived by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
