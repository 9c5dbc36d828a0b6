using Microsoft.Extensions.Hosting;

namespace Baton.Channels;

/// <summary>Sends what lies in the outbox while the host runs.</summary>
internal sealed class DeliveryService(DeliveryWorker delivery, BatonOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Works ? delivery.RunAsync(stoppingToken) : Task.CompletedTask;
}
