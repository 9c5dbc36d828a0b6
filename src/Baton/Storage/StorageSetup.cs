using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;
using Baton.Storage.Measured;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Baton.Storage;

/// <summary>Registers the database, the job queue and the timers.</summary>
internal static class StorageSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Opens the database when it is first asked for.</summary>
        public IServiceCollection AddStorage(DatabaseOptions database, JobOptions jobs)
        {
            services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
            services.TryAddSingleton<IDispatch>(LocalDispatch.Instance);
            return services
                .AddSingleton<StorageSeries>()
                .AddSingleton<LedgerWalk>()
                .AddSingleton<Announcements>()
                .AddSingleton<ReadSeries>(provider => provider.GetRequiredService<StorageSeries>().Read)
                .AddSingleton<ReadSeries>(provider => provider.GetRequiredService<LedgerWalk>().Read)
                .AddSingleton(provider => Database.Open(database, provider.GetRequiredService<TimeProvider>()))
                .AddSingleton(provider => new JobQueue(
                    "jobs", jobs, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Random>())
                {
                    Clear = provider.GetRequiredService<ClearText>(),
                    Dispatch = provider.GetRequiredService<IDispatch>(),
                })
                .AddSingleton(provider => new Outbox(
                    Outbox.DefaultOptions, provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<Random>(),
                    provider.GetRequiredService<ClearText>(), provider.GetRequiredService<IDispatch>()))
                .AddSingleton(provider => new Notices(
                    provider.GetRequiredService<Outbox>(), provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ClearText>()))
                .AddSingleton(provider => new Timers(
                    provider.GetRequiredService<JobQueue>(), provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<Timers>>()));
        }
    }
}
