using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Incidents.Judging;
using Baton.Playbooks;

namespace Baton.Incidents.Alerting;

/// <summary>Alerts as JSON; the shape is in <c>docs/operating/alerts.md</c>.</summary>
internal static class AlertJson
{
    /// <summary>All of it: every alert as it stands, those that were raised, and who is not told.</summary>
    public static JsonObject Of(
        IReadOnlyList<AlertLook> looks, IReadOnlyList<RaisedAlert> raised,
        IReadOnlyList<AlertSilence> silences) => new()
    {
        ["alerts"] = new JsonArray([.. looks.Select(Look)]),
        ["raised"] = new JsonArray([.. raised.Select(Of)]),
        ["silences"] = new JsonArray([.. silences.Select(s => new JsonObject
        {
            ["name"] = s.Name, ["until"] = Time(s.Until), ["by"] = s.By, ["why"] = s.Why,
        })]),
    };

    private static JsonNode Look(AlertLook look) => new JsonObject
    {
        ["name"] = look.Rule.Name, ["title"] = look.Rule.Title, ["severity"] = EnumWords.Of(look.Rule.Severity),
        ["state"] = EnumWords.Of(look.Reading.State), ["value"] = Rounded(look.Reading.Value),
        ["usual"] = look.Reading.Usual is { } usual && look.Reading.State is not AlertState.Off ? Rounded(usual) : null,
        ["text"] = look.Reading.Text,
    };

    private static JsonNode Of(RaisedAlert alert) => new JsonObject
    {
        ["id"] = alert.Id, ["name"] = alert.Name, ["severity"] = EnumWords.Of(alert.Severity),
        ["raised_at"] = Time(alert.RaisedAt), ["seen_at"] = Time(alert.SeenAt), ["text"] = alert.Text,
        ["acknowledged_by"] = alert.AcknowledgedBy, ["acknowledged_at"] = Time(alert.AcknowledgedAt),
        ["cleared_at"] = Time(alert.ClearedAt), ["quiet"] = alert.Quiet, ["told_at"] = Time(alert.ToldAt),
    };

    private static double Rounded(double value) => Math.Round(value, 4);

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
