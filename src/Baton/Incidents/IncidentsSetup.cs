using Baton.Incidents.Alerting;
using Baton.Incidents.Digesting;
using Baton.Incidents.Drilling;
using Baton.Incidents.Triaging;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Incidents;

/// <summary>Registers alerts, triage, drills and digests.</summary>
internal static class IncidentsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds alerts over the series of Insights, triage, drills and digests: add this after all
        /// that measures.</summary>
        public IServiceCollection AddIncidents() => services
            .AddSingleton<AlertNotifier>()
            .AddSingleton<AlertWatch>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<Deployments>()
            .AddSingleton<TriageReader>()
            .AddSingleton<IncidentDesk>()
            .AddSingleton<IncidentReports>()
            .AddSingleton<DrillReminder>()
            .AddSingleton<DigestMaker>()
            .AddSingleton<DigestDesk>()
            .AddSingleton<DigestSchedule>()
            .AddSingleton<PreparedNotices>(provider => provider.GetRequiredService<DigestDesk>().Find)
            .AddSingleton(provider => new JobKind(DigestSchedule.Kind, (job, token) =>
                provider.GetRequiredService<DigestSchedule>().RunAsync(job.Key!, token)))
            .AddHostedService<AlertRounds>();
    }
}
