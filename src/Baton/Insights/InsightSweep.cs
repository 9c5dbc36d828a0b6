using Baton.Insights.Measuring;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Insights;

/// <summary>Adds up what has happened, every few seconds while the host runs.</summary>
internal sealed partial class InsightSweep(
    Database database, SeriesMeter meter, TimeProvider clock, ILogger<InsightSweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (StorageException error) when (error.IsTransient)
                {
                    LogLate(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    /// <summary>One round. A reader looks first, so that a quiet host writes nothing.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (database.Read(c => c.Number("select 1 from insight_facts where folded = 0 limit 1")) is null) return;
        await database.WriteAsync(t => InsightFolding.Fold(t, meter.Count), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Figures could not be added up; trying again")]
    private partial void LogLate(Exception error);
}
