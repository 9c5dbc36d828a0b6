using Microsoft.Extensions.Hosting;

namespace Baton.Channels.Reading;

/// <summary>Reads tickets where they are kept, while the host runs.</summary>
internal sealed class ReadingService(ChannelReads reads, BatonOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Works ? reads.Worker().RunAsync(stoppingToken) : Task.CompletedTask;
}
