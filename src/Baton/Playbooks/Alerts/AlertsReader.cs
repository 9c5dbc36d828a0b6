using System.Globalization;
using Baton.Playbooks.Loading.Source;
using Cronos;

namespace Baton.Playbooks.Alerts;

/// <summary>Reads <c>alerts.yaml</c>: who is told, when not, and what differs from the defaults.</summary>
internal static class AlertsReader
{
    public const string File = PlaybookFolder.AlertFile;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Week = TimeSpan.FromDays(7);

    public static AlertPolicy Read(Section file, string timeZone)
    {
        var policy = new AlertPolicy
        {
            Notify = file.Words("notify"),
            GroupEvery = file.Duration("group_every", Minute, TimeSpan.FromDays(1)) ?? new AlertPolicy().GroupEvery,
            NotAgainFor = file.Duration("not_again_for", Minute, Week) ?? new AlertPolicy().NotAgainFor,
            Maintenance = [.. file.Children("maintenance", "maintenance").Select(m => Window(m, timeZone))],
            Rules = Rules(file.Child("alerts"), file.Problems),
            Digest = file.Child("digest") is { } digest ? DigestReader.Read(digest, timeZone) : null,
        };
        file.Close();
        return policy;
    }

    private static IReadOnlyList<AlertRule> Rules(Section? alerts, ProblemList problems)
    {
        if (alerts is null) return AlertCatalog.All;
        var rules = AlertCatalog.All.ToDictionary(r => r.Name);
        foreach (var (name, said) in alerts.Named("alert"))
        {
            if (rules.TryGetValue(name.Text, out var rule)) rules[rule.Name] = Rule(said, rule);
            else problems.Add(name, $"unknown alert '{name.Text}'{Suggestion.Hint(name.Text, [.. rules.Keys])}");
        }
        return [.. AlertCatalog.All.Select(r => rules[r.Name])];
    }

    private static AlertRule Rule(Section said, AlertRule rule)
    {
        var read = rule with
        {
            Enabled = said.Flag("enabled", rule.Enabled),
            Above = said.Number("above", rule.Above, 0, 1_000_000_000),
            Within = said.Duration("within", Minute, Week) ?? rule.Within,
            Least = said.Whole("least", rule.Least, 1, 1_000_000),
            Severity = said.Choice<AlertSeverity>("severity") ?? rule.Severity,
        };
        if (rule.Kind is AlertKind.Rise or AlertKind.ShareRise or AlertKind.MeanRise && read.Above <= 1)
            said.Problems.Add(said.Here,
                $"alert '{rule.Name}': 'above' is {read.Above}, a multiple of what is usual; write more than 1");
        said.Close();
        return read;
    }

    private static MaintenanceWindow Window(Section said, string timeZone)
    {
        var cron = said.OptionalText("cron");
        var zone = said.OptionalText("zone") ?? timeZone;
        if (cron is not null && !CronExpression.TryParse(cron, out _))
            said.Problems.Add(said.Here, $"maintenance: '{cron}' is no cron line; write five fields, as in 0 3 * * 0");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            said.Problems.Add(said.Here, $"maintenance: '{zone}' is no time zone; write one like Europe/Berlin or UTC");
        var from = said.Located("from") is { } text ? Time(text, said) : null;
        var length = said.Duration("for", Minute, Week);
        if (cron is null == from is null)
            said.Problems.Add(said.Here, "maintenance: write either 'cron: 0 3 * * 0' or 'from: 2026-12-24T18:00:00Z'");
        if (length is null)
            said.Problems.Add(said.Here, "maintenance: missing field 'for'; add it, for example 'for: 2h'");
        var window = new MaintenanceWindow(
            cron, from, length ?? TimeSpan.Zero, zone, said.Text("why", "database upgrade"));
        said.Close();
        return window;
    }

    private static DateTimeOffset? Time(Located text, Section said)
    {
        if (DateTimeOffset.TryParse(
            text.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        said.Problems.Add(text, $"maintenance: 'from' is '{text.Text}', no time; write 2026-12-24T18:00:00Z");
        return null;
    }
}
