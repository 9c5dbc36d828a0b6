using Baton.Storage;
using Baton.Storage.Measured;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Insights.Measuring;

/// <summary>Asks every slice once a minute what it sees, and keeps that as series.</summary>
internal sealed partial class SeriesSweep(
    Database database, IEnumerable<ReadSeries> readers, SeriesMeter meter, TimeProvider clock,
    ILogger<SeriesSweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ReadSeries[] _readers = [.. readers];
    private long _forgot;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            do await TryAsync(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    /// <summary>One look.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var points = database.Read(c => _readers.SelectMany(read => read(c, now)).ToList());
        meter.See(points);
        await database.WriteAsync(transaction => SeriesRows.See(transaction, points, now), cancellationToken);
        if (SeriesRows.MinuteOf(now) / SeriesRows.Hour is var hour && hour == _forgot) return;
        _forgot = hour;
        await database.WriteAsync(transaction => SeriesReader.Forget(transaction, now), cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Series could not be written; trying again in a minute")]
    private partial void LogLate(Exception error);
}
