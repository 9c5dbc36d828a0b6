using Baton.Incidents.Alerting;
using Baton.Operations.Versions;
using Baton.Storage;

namespace Baton.Incidents.Triaging;

/// <summary>Incidents as Markdown, with what was changed and raised around them.</summary>
internal sealed class IncidentReports(Database database, PlaybookVersions versions)
{
    /// <summary>What happened before an incident that may have to do with it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(24), After = TimeSpan.FromHours(1);

    /// <summary>The report; null when there is no such incident.</summary>
    public string? Of(string id)
    {
        if (database.Read(c => IncidentStore.Find(c, id)) is not { } incident) return null;
        var from = incident.OpenedAt - Before;
        var to = incident.ClosedAt ?? (incident.Entries is [.., var last] ? last.At : incident.OpenedAt) + After;
        return IncidentReport.Markdown(incident,
            database.Read(c => Changes.Between(c, from, to, versions.Changed)),
            database.Read(c => AlertStore.Between(c, from, to)));
    }
}
