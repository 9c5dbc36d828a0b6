using Baton.Operations.Autonomy;
using Baton.Operations.Backups;
using Baton.Operations.Links;
using Baton.Operations.Scheduling;
using Baton.Operations.Versions;
using Baton.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Operations;

/// <summary>Registers the kill switch, the API keys, the sessions and the links.</summary>
internal static class OperationsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the kill switch, the API keys, the sessions and the links.</summary>
        public IServiceCollection AddOperations(
            KillSwitchOptions options, PublicAddress address, BackupOptions backups)
        {
            // Where the keys are kept is the host's to say; the server keeps them beside the database.
            services.AddDataProtection();
            return services.AddSingleton(options).AddSingleton<KillSwitch>().AddSingleton<ApiKeys>()
                .AddSingleton<ConsoleSessions>().AddSingleton(address).AddSingleton<SignedLinks>()
                .AddSingleton<AutonomyRungs>().AddSingleton<PlaybookVersions>().AddSingleton<Schedules>()
                .AddSingleton<PlaybookFollower>()
                .AddHostedService(provider => provider.GetRequiredService<PlaybookFollower>())
                .AddSingleton(backups).AddSingleton<BackupRun>().AddSingleton<BackupSchedule>()
                .AddSingleton(provider => new JobKind(BackupSchedule.Kind, (_, token) =>
                    provider.GetRequiredService<BackupSchedule>().RunAsync(token)))
                .AddHostedService(provider => provider.GetRequiredService<BackupSchedule>());
        }
    }
}
