using Baton.Incidents.Judging;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Incidents.Alerting;

/// <summary>How one look at an alert came out.</summary>
internal sealed record AlertLook(AlertRule Rule, AlertReading Reading);

/// <summary>
/// Looks at every alert once a minute, in one process of all: what is raised, what is over, and who is told.
/// </summary>
internal sealed class AlertWatch(
    Database database, PlaybookHost playbooks, AlertNotifier notifier, TimeProvider clock)
{
    /// <summary>Types of what programs are told.</summary>
    public const string Raised = "alert.raised", Cleared = "alert.cleared";

    /// <summary>Between two looks; a little less, because timers are late.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(55);

    /// <summary>How long an alert must not hold before it is over.</summary>
    private static readonly TimeSpan OverAfter = TimeSpan.FromMinutes(10);

    /// <summary>Every alert as it stands now; changes nothing.</summary>
    public IReadOnlyList<AlertLook> Look(DateTimeOffset at) => database.Read(connection =>
    {
        // The minute that runs is not counted to its end.
        var minute = SeriesRows.MinuteOf(at) - 1;
        var judge = new AlertJudge(StoredSeries.Of(connection, minute));
        return playbooks.Current.Alerts.Rules.Select(rule => new AlertLook(rule, judge.Read(rule, minute))).ToList();
    });

    /// <summary>One round; false when another process had it.</summary>
    public async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await ClaimAsync(now, cancellationToken)) return false;
        var looks = Look(now);
        await database.WriteAsync(transaction => Settle(transaction, looks, now), cancellationToken);
        return true;
    }

    private Task<bool> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.Execute(
            """
            insert into alert_rounds (id, at_ms, told_at_ms) values (1, $1, 0)
            on conflict (id) do update set at_ms = $1 where alert_rounds.at_ms <= $2 or alert_rounds.at_ms > $3
            """,
            // A round of the future is one of a clock that was wrong.
            SqlValue.Ms(now), SqlValue.Ms(now - Round), SqlValue.Ms(now + Round)) == 1, cancellationToken);

    private void Settle(WriteTransaction transaction, IReadOnlyList<AlertLook> looks, DateTimeOffset now)
    {
        transaction.Lock("alerts");
        var policy = playbooks.Current.Alerts;
        var open = AlertStore.Open(transaction).ToDictionary(a => a.Name);
        foreach (var (rule, reading) in looks)
        {
            var alert = open.GetValueOrDefault(rule.Name);
            if (alert is null && reading.State == AlertState.Holds)
                notifier.Announce(transaction, Raised,
                    open[rule.Name] = AlertStore.Raise(
                        transaction, rule, reading.Text, Quiet(transaction, rule, policy, now), now), now);
            else if (alert is not null && reading.State is AlertState.Holds or AlertState.Lingers)
                AlertStore.See(transaction, open[rule.Name] = alert! with
                {
                    // Of a silence that has begun or ended before people were told.
                    Quiet = alert!.ToldAt is null ? Quiet(transaction, rule, policy, now) : null,
                    Text = reading.Text, SeenAt = now,
                });
            else if (alert is not null
                && ((now - alert.SeenAt).Duration() >= OverAfter || reading.State == AlertState.Off))
            {
                AlertStore.Clear(transaction, alert, now);
                open.Remove(rule.Name);
                notifier.TellOver(transaction, alert, open.Values, policy);
                notifier.Announce(transaction, Cleared, alert, now);
            }
        }
        var told = transaction.First("select told_at_ms from alert_rounds where id = 1", row => row.Time(0));
        if (notifier.Tell(transaction, [.. open.Values], policy, told, now) > 0)
            transaction.Execute("update alert_rounds set told_at_ms = $1 where id = 1", SqlValue.Ms(now));
    }

    private static string? Quiet(
        ReadConnection connection, AlertRule rule, AlertPolicy policy, DateTimeOffset now) =>
        AlertStore.Silences(connection, now).FirstOrDefault(s => s.Name is AlertSilence.All || s.Name == rule.Name)
            is { } silence ? $"silenced by {silence.By}: {silence.Why}"
        : Maintenance.Of(policy.Maintenance, now) is { } window ? $"maintenance: {window.Why}"
        : AlertStore.LastTold(connection, rule.Name) is { } last && (now - last).Duration() < policy.NotAgainFor
            ? "told shortly before"
        : null;
}
