using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Incidents.Alerting;

namespace Baton.Incidents.Triaging;

/// <summary>An incident as Markdown, for the review afterwards.</summary>
internal static class IncidentReport
{
    /// <param name="changes">What was changed around it.</param>
    /// <param name="alerts">What was raised around it.</param>
    public static string Markdown(
        Incident incident, IReadOnlyList<Change> changes, IReadOnlyList<RaisedAlert> alerts)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {incident.Title}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Incident `{incident.Id}`, opened {Time(incident.OpenedAt)} by {incident.OpenedBy}, {Closed(incident)}.");
        if (incident.Triage is { } triage) Checks(text, triage);
        text.AppendLine().AppendLine("## Time line").AppendLine();
        text.AppendLine("| time (UTC) | what | who | |").AppendLine("| --- | --- | --- | --- |");
        foreach (var line in Lines(incident, changes, alerts)) text.AppendLine(line);
        text.AppendLine().AppendLine("## Review").AppendLine()
            .AppendLine("- What customers saw:").AppendLine("- Why it was not seen earlier:").AppendLine("- What we change:");
        return text.ToString();
    }

    private static void Checks(StringBuilder text, JsonObject triage)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Cause: {triage["result"]}").AppendLine();
        if ((string?)triage["advice"] is { } advice) text.AppendLine(advice).AppendLine();
        text.AppendLine("| check | | evidence | rules out |").AppendLine("| --- | --- | --- | --- |");
        foreach (var check in triage["checks"]!.AsArray())
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {check!["name"]} | {check["severity"]} | {Cell((string?)check["evidence"])} | {Cell((string?)check["rules_out"])} |");
        foreach (var next in triage["next"]!.AsArray())
            text.AppendLine(CultureInfo.InvariantCulture, $"- next: {Cell((string?)next)}");
    }

    private static IEnumerable<string> Lines(
        Incident incident, IReadOnlyList<Change> changes, IReadOnlyList<RaisedAlert> alerts) =>
        changes.Select(c => (c.At, Kind: c.Kind, c.By, Text: c.What))
            .Concat(alerts.Select(a => (At: a.RaisedAt, Kind: "alert", By: a.AcknowledgedBy ?? "", Text: $"{a.Name}: {a.Text}")))
            .Concat(incident.Entries.Select(e => (e.At, e.Kind, e.By, e.Text)))
            .OrderBy(l => l.At)
            .Select(l => $"| {Time(l.At)} | {l.Kind} | {Cell(l.By)} | {Cell(l.Text)} |");

    private static string Closed(Incident incident) =>
        incident.ClosedAt is { } closed ? $"closed {Time(closed)}" : "open";

    private static string Cell(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
