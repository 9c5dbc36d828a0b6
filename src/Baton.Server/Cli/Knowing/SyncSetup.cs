using Baton.Storage.Jobs;

namespace Baton.Server.Cli.Knowing;

/// <summary>Registers the imports that run on schedule.</summary>
internal static class SyncSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the schedule and the handler of its jobs.</summary>
        public IServiceCollection AddKnowledgeSync() => services
            .AddSingleton<SyncSchedule>()
            .AddSingleton(provider => new JobKind(
                SyncSchedule.Kind, (_, token) => provider.GetRequiredService<SyncSchedule>().SyncAsync(token)))
            .AddHostedService(provider => provider.GetRequiredService<SyncSchedule>());
    }
}
