using Baton.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Archive;

/// <summary>Registers what lets months leave the database.</summary>
internal static class ArchiveSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the schedule and the handler of its job.</summary>
        public IServiceCollection AddArchive(ArchiveOptions options) => services
            .AddSingleton(options)
            .AddSingleton<ArchiveOverview>()
            .AddSingleton<ArchiveSchedule>()
            .AddSingleton(provider => new JobKind(ArchiveSchedule.Kind, (_, token) =>
                provider.GetRequiredService<ArchiveSchedule>().RunAsync(token)))
            .AddHostedService(provider => provider.GetRequiredService<ArchiveSchedule>());
    }
}
