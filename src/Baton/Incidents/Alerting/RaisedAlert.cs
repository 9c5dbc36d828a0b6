using Baton.Playbooks.Alerts;

namespace Baton.Incidents.Alerting;

/// <summary>An alert that was raised.</summary>
/// <param name="Text">What was found when it was last looked at.</param>
/// <param name="Quiet">Why nobody was told: a silence, maintenance, or that it had just been told; null: they
/// were.</param>
internal sealed record RaisedAlert(
    string Id, string Name, AlertSeverity Severity, DateTimeOffset RaisedAt, DateTimeOffset SeenAt, string Text,
    string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ClearedAt, string? Quiet,
    DateTimeOffset? ToldAt);

/// <summary>Nobody is told of an alert for a while.</summary>
/// <param name="Name">Of the alert, or <c>*</c> for all.</param>
internal sealed record AlertSilence(string Name, DateTimeOffset Until, string By, string Why)
{
    public const string All = "*";
}
