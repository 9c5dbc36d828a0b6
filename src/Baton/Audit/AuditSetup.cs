using Baton.Audit.Entries;
using Baton.Audit.Exporting;
using Baton.Audit.Keeping;
using Baton.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Audit;

/// <summary>Registers the audit view and its exports.</summary>
internal static class AuditSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAudit() => services
            .AddSingleton<SigningKeys>()
            .AddSingleton<RetentionRun>()
            .AddSingleton<RetentionSchedule>()
            .AddSingleton(provider => new JobKind(RetentionSchedule.Kind, (_, token) =>
                provider.GetRequiredService<RetentionSchedule>().RunAsync(token)))
            .AddHostedService(provider => provider.GetRequiredService<RetentionSchedule>())
            .AddSingleton<AuditExport>()
            .AddSingleton<AuditFollower>()
            .AddHostedService(provider => provider.GetRequiredService<AuditFollower>());
    }
}
