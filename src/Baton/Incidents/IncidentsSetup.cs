using Baton.Incidents.Alerting;
using Baton.Incidents.Drilling;
using Baton.Incidents.Triaging;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Incidents;

/// <summary>Registers alerts, triage and drills.</summary>
internal static class IncidentsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds alerts over the series of Insights, triage and drills: add this after all that
        /// measures.</summary>
        public IServiceCollection AddIncidents() => services
            .AddSingleton<AlertNotifier>()
            .AddSingleton<AlertWatch>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<Deployments>()
            .AddSingleton<TriageReader>()
            .AddSingleton<IncidentDesk>()
            .AddSingleton<IncidentReports>()
            .AddSingleton<DrillReminder>()
            .AddHostedService<AlertRounds>();
    }
}
