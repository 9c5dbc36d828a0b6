using Baton.Operations.Scheduling;
using Baton.Playbooks.Alerts;

namespace Baton.Incidents.Alerting;

/// <summary>Which maintenance window is open. Pure.</summary>
internal static class Maintenance
{
    /// <summary>The window that a moment lies in, or null.</summary>
    public static MaintenanceWindow? Of(IEnumerable<MaintenanceWindow> windows, DateTimeOffset now) =>
        windows.FirstOrDefault(window => Contains(window, now));

    private static bool Contains(MaintenanceWindow window, DateTimeOffset now) => window.Cron is { } cron
        // The next beginning after a length ago has come: it began, and is not over.
        ? Schedules.Next(cron, window.Zone, now - window.For) <= now
        : window.From <= now && now < window.From + window.For;
}
