using System.Text.Json;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Incidents.Alerting;

/// <summary>Rows of alerts and silences. Every change is an event in the same transaction.</summary>
internal static class AlertStore
{
    private const string Stream = "operations/alerts";

    private const string Select = """
        select id, name, severity, raised_at_ms, seen_at_ms, text, acknowledged_by, acknowledged_at_ms, cleared_at_ms,
            quiet, told_at_ms
        from alerts
        """;

    /// <summary>Those that hold, the gravest first.</summary>
    public static List<RaisedAlert> Open(ReadConnection connection) =>
        [.. connection.Query($"{Select} where cleared_at_ms is null order by raised_at_ms desc, id", Map)
            .OrderByDescending(a => a.Severity)];

    /// <summary>All of them, newest first.</summary>
    public static List<RaisedAlert> Newest(ReadConnection connection, int limit) =>
        connection.Query($"{Select} order by raised_at_ms desc, id limit $1", Map, (long)limit);

    /// <summary>Those that were raised in a time, oldest first.</summary>
    public static List<RaisedAlert> Between(ReadConnection connection, DateTimeOffset from, DateTimeOffset to) =>
        connection.Query($"{Select} where raised_at_ms between $1 and $2 order by raised_at_ms, id", Map,
            SqlValue.Ms(from), SqlValue.Ms(to));

    public static List<AlertSilence> Silences(ReadConnection connection, DateTimeOffset now) => connection.Query(
        "select name, until_ms, silenced_by, why from alert_silences where until_ms > $1 order by name",
        row => new AlertSilence(row.Text(0), row.Time(1), row.Text(2), row.Text(3)), SqlValue.Ms(now));

    /// <summary>When an alert of this name was last told; null: never.</summary>
    public static DateTimeOffset? LastTold(ReadConnection connection, string name) => connection.First(
        "select max(told_at_ms) from alerts where name = $1", row => row.TimeOrNull(0), name);

    public static RaisedAlert Raise(
        WriteTransaction transaction, AlertRule rule, string text, string? quiet, DateTimeOffset now)
    {
        var id = $"a_{Guid.CreateVersion7(now):N}";
        transaction.Execute(
            """
            insert into alerts (id, name, severity, raised_at_ms, seen_at_ms, text, quiet)
            values ($1, $2, $3, $4, $4, $5, $6)
            """,
            id, rule.Name, EnumWords.Of(rule.Severity), SqlValue.Ms(now), text, quiet);
        Append(transaction, "AlertRaised", now, ("id", id), ("name", rule.Name),
            ("severity", EnumWords.Of(rule.Severity)), ("text", text), ("quiet", quiet));
        return new RaisedAlert(id, rule.Name, rule.Severity, now, now, text, null, null, null, quiet, null);
    }

    /// <summary>It still holds.</summary>
    public static void See(WriteTransaction transaction, RaisedAlert alert) => transaction.Execute(
        "update alerts set seen_at_ms = $1, text = $2, quiet = $3 where id = $4",
        SqlValue.Ms(alert.SeenAt), alert.Text, alert.Quiet, alert.Id);

    public static void Clear(WriteTransaction transaction, RaisedAlert alert, DateTimeOffset now)
    {
        if (transaction.Execute("update alerts set cleared_at_ms = $1 where id = $2 and cleared_at_ms is null",
            SqlValue.Ms(now), alert.Id) == 0) return;
        Append(transaction, "AlertCleared", now, ("id", alert.Id), ("name", alert.Name));
    }

    /// <summary>Somebody looks after it; false when somebody does already, or it is over.</summary>
    public static bool Acknowledge(WriteTransaction transaction, RaisedAlert alert, string by, DateTimeOffset now)
    {
        if (transaction.Execute(
            """
            update alerts set acknowledged_by = $1, acknowledged_at_ms = $2
            where id = $3 and acknowledged_by is null and cleared_at_ms is null
            """, by, SqlValue.Ms(now), alert.Id) == 0) return false;
        Append(transaction, "AlertAcknowledged", now, ("id", alert.Id), ("name", alert.Name), ("by", by));
        return true;
    }

    public static void Silence(WriteTransaction transaction, AlertSilence silence, DateTimeOffset now)
    {
        transaction.Execute(
            """
            insert into alert_silences (name, until_ms, silenced_by, why) values ($1, $2, $3, $4)
            on conflict (name) do update set until_ms = $2, silenced_by = $3, why = $4
            """, silence.Name, SqlValue.Ms(silence.Until), silence.By, silence.Why);
        Append(transaction, "AlertSilenced", now, ("name", silence.Name),
            ("until", silence.Until.UtcDateTime.ToString("O")), ("by", silence.By), ("why", silence.Why));
    }

    public static void MarkTold(WriteTransaction transaction, RaisedAlert alert, DateTimeOffset now) =>
        transaction.Execute("update alerts set told_at_ms = $1 where id = $2", SqlValue.Ms(now), alert.Id);

    /// <summary>Ids of the alerts that one message told of.</summary>
    public static List<string> ToldAt(ReadConnection connection, DateTimeOffset told) => connection.Query(
        "select id from alerts where told_at_ms = $1", row => row.Text(0), SqlValue.Ms(told));

    private static void Append(
        WriteTransaction transaction, string type, DateTimeOffset now, params (string Key, string? Value)[] data) =>
        Ledger.Extend(transaction, Stream, new NewEvent(
            type, now, JsonSerializer.SerializeToUtf8Bytes(data.ToDictionary(d => d.Key, d => d.Value))));

    private static RaisedAlert Map(Row row) => new(
        row.Text(0), row.Text(1), EnumWords.Find<AlertSeverity>(row.Text(2)) ?? AlertSeverity.Warning, row.Time(3),
        row.Time(4), row.Text(5), row.TextOrNull(6), row.TimeOrNull(7), row.TimeOrNull(8), row.TextOrNull(9),
        row.TimeOrNull(10));
}
