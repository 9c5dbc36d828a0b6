using Microsoft.Extensions.DependencyInjection;

namespace Baton.Channels;

/// <summary>Registers delivery.</summary>
internal static class ChannelsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the worker that empties the outbox while the host runs.</summary>
        public IServiceCollection AddChannels() => services
            .AddSingleton<DeliveryWorker>()
            .AddHostedService<DeliveryService>();
    }
}
