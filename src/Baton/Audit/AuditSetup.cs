using Baton.Audit.Entries;
using Baton.Audit.Exporting;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Audit;

/// <summary>Registers the audit view and its exports.</summary>
internal static class AuditSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAudit() => services
            .AddSingleton<SigningKeys>()
            .AddSingleton<AuditExport>()
            .AddSingleton<AuditFollower>()
            .AddHostedService(provider => provider.GetRequiredService<AuditFollower>());
    }
}
