using Microsoft.Extensions.Hosting;

namespace Baton.Channels.Reading;

/// <summary>Reads tickets where they are kept, while the host runs.</summary>
internal sealed class ReadingService(ChannelReads reads) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => reads.Worker().RunAsync(stoppingToken);
}
