using Baton.Operations.Scheduling;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Measured;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Audit.Keeping;

/// <summary>Runs the retention by the calendar while a server runs.</summary>
internal sealed partial class RetentionSchedule(
    Database database, Schedules schedules, RetentionRun run, PlaybookHost playbooks, ILogger<RetentionSchedule> logger)
    : IHostedService
{
    /// <summary>Kind of the jobs, and name of the schedule.</summary>
    public const string Kind = "retention";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var playbook = playbooks.Current;
            await schedules.SetAsync(
                Kind, Kind, playbook.Retention.Cron, playbook.Brand.TimeZone, cancellationToken).ConfigureAwait(false);
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
        await run.RunAsync(RetentionRun.By, cancellationToken).ConfigureAwait(false);
        var sizes = database.Read(c => c.Catalog.Sizes(c));
        await database.WriteAsync(t => TableSizes.Note(t, sizes, database.Clock.GetUtcNow()), cancellationToken)
            .ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Data is not erased by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
