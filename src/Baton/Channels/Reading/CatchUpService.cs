using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Channels.Reading;

/// <summary>Looks for lost webhooks while the host runs.</summary>
internal sealed partial class CatchUpService(CatchUp catchUp, TimeProvider clock, ILogger<CatchUpService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Tick, clock);
        try
        {
            do await TryAsync(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        // The end of the host is no failure of a service, which is what the framework would log.
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await catchUp.StepAsync(stoppingToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What has changed at helpdesks could not be asked; trying again")]
    private partial void LogFailed(Exception error);
}
