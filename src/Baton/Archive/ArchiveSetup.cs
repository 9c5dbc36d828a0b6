using Baton.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Archive;

/// <summary>Registers what lets months leave the database.</summary>
internal static class ArchiveSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the schedule and the handler of its job.</summary>
        /// <param name="followed">See <see cref="ArchiveRun"/>.</param>
        public IServiceCollection AddArchive(
            ArchiveOptions options, Func<IServiceProvider, Func<CancellationToken, Task>> followed) => services
            .AddSingleton(options)
            .AddSingleton<ArchiveOverview>()
            .AddSingleton(provider =>
                ActivatorUtilities.CreateInstance<ArchiveSchedule>(provider, followed(provider)))
            .AddSingleton(provider => new JobKind(ArchiveSchedule.Kind, (_, token) =>
                provider.GetRequiredService<ArchiveSchedule>().RunAsync(token)))
            .AddHostedService(provider => provider.GetRequiredService<ArchiveSchedule>());
    }
}
