using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Incidents.Alerting;

/// <summary>
/// Tells people of alerts: one message for all that came since the last one, at most one in a few minutes, and never
/// again for one that comes and goes. A storm of alerts is a list.
/// </summary>
internal sealed class AlertNotifier(Notices notices, Announcements announcements)
{
    /// <summary>Begins the groups of their notices; the rest is the id of the first alert of a message.</summary>
    public const string Group = "alert/";

    /// <summary>Ends the group of a message that tells that all of it is over.</summary>
    public const string Over = "/cleared";

    /// <summary>Whom the product's own notices are for, and what names a channel before its name.</summary>
    private const string Operators = "operators", ChannelPrefix = "channel:";

    private const int MostListed = 10;

    /// <summary>Tells of what nobody was told of yet, if it is time; gives how many.</summary>
    /// <param name="lastTold">When the last message left.</param>
    public int Tell(
        WriteTransaction transaction, IReadOnlyList<RaisedAlert> open, AlertPolicy policy, DateTimeOffset lastTold,
        DateTimeOffset now)
    {
        List<RaisedAlert> fresh = [.. open.Where(a => a is { Quiet: null, ToldAt: null, AcknowledgedBy: null })
            .OrderByDescending(a => a.Severity).ThenBy(a => a.RaisedAt)];
        if (fresh.Count == 0 || (now - lastTold).Duration() < policy.GroupEvery) return 0;
        var first = fresh[0];
        var title = fresh.Count == 1 ? Title(first.Name) : $"{Title(first.Name)}, and {fresh.Count - 1} more alerts";
        Raise(transaction, policy, Group + first.Id, Urgency(first.Severity), title, string.Join('\n',
            [.. fresh.Take(MostListed).Select(Line), .. fresh.Count > MostListed
                ? [$"… and {fresh.Count - MostListed} more"] : (string[])[],
                "Look: the page On call, or `baton incident triage`. Take it: `baton alerts ack`."]));
        foreach (var alert in fresh) AlertStore.MarkTold(transaction, alert, now);
        return fresh.Count;
    }

    /// <summary>
    /// A message that was told is over with the last of its alerts: pagers close what they opened.
    /// </summary>
    /// <param name="open">What still holds.</param>
    public void TellOver(
        WriteTransaction transaction, RaisedAlert alert, IEnumerable<RaisedAlert> open, AlertPolicy policy)
    {
        if (alert.ToldAt is not { } told || open.Any(other => other.ToldAt == told)) return;
        // Messages have the id of their first alert; of the others nothing was opened.
        var first = AlertStore.ToldAt(transaction, told).Find(id => notices.Close(transaction, Group + id) > 0);
        if (first is null) return;
        Raise(transaction, policy, Group + first + Over, NoticeUrgency.Low, $"Over: {Title(alert.Name)}",
            "Nothing of this message has held for ten minutes.");
    }

    /// <summary>A message that says that it is a test.</summary>
    public void Test(WriteTransaction transaction, AlertPolicy policy, string by, DateTimeOffset now)
    {
        var id = $"{Group}test-{now.ToUnixTimeMilliseconds()}";
        Raise(transaction, policy, id, NoticeUrgency.Low, "This is a test of alerts",
            $"Nothing is wrong. {by} wanted to know whether messages arrive.");
    }

    /// <summary>Programs that ask get every alert as it is raised and cleared, told to people or not.</summary>
    public void Announce(WriteTransaction transaction, string type, RaisedAlert alert, DateTimeOffset now) =>
        announcements.Tell(transaction, alert.Id, type, now, new JsonObject
        {
            ["id"] = alert.Id, ["name"] = alert.Name, ["severity"] = EnumWords.Of(alert.Severity),
            ["raised_at"] = alert.RaisedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["text"] = alert.Text, ["quiet"] = alert.Quiet,
        });

    private void Raise(
        WriteTransaction transaction, AlertPolicy policy, string group, NoticeUrgency urgency, string title,
        string text)
    {
        string[] to = policy.Notify.Count == 0 ? [Operators] : [.. policy.Notify.Select(name => ChannelPrefix + name)];
        foreach (var recipient in to)
            notices.Raise(transaction, new Notice
            {
                To = recipient, Urgency = urgency, Group = group, Title = title, Text = text,
            });
    }

    /// <summary>The title of an alert by its name.</summary>
    public static string Title(string name) => AlertCatalog.All.FirstOrDefault(r => r.Name == name)?.Title ?? name;

    private static string Line(RaisedAlert alert) =>
        $"{EnumWords.Of(alert.Severity)} · {alert.Name} · {alert.Text}";

    private static NoticeUrgency Urgency(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => NoticeUrgency.High,
        AlertSeverity.Warning => NoticeUrgency.Normal,
        _ => NoticeUrgency.Low,
    };
}
