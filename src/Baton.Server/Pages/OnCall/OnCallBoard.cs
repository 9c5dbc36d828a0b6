using Baton.Conversations.Tallies;
using Baton.Gateway.Money;
using Baton.Gateway.Keys;
using Baton.Incidents.Alerting;
using Baton.Incidents.Triaging;
using Baton.Insights.Board;
using Baton.Insights.Measuring;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Operations.Versions;
using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Server.Pages.OnCall;

/// <summary>The four questions of whoever is on call, answered from the same series as alerts.</summary>
internal sealed record OnCallBoard
{
    private const int DayMinutes = 24 * 60, HourMinutes = 60, MostChanges = 12, MostTickets = 8;

    public required KillSwitchState Switch { get; init; }

    /// <summary>Parts that are stopped by themselves.</summary>
    public required IReadOnlyList<StoppedPart> Stopped { get; init; }

    public required IReadOnlyList<RaisedAlert> Alerts { get; init; }

    /// <summary>Models and systems that are left alone.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Counts of the last 24 hours, by figure.</summary>
    public required IReadOnlyDictionary<string, long> Day { get; init; }

    /// <summary>Counts of the last hour, by figure.</summary>
    public required IReadOnlyDictionary<string, long> Hour { get; init; }

    /// <summary>Milliseconds, of the last hour; null: nothing was decided.</summary>
    public required double? P95 { get; init; }

    /// <summary>Of the last seven days, newest first.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    public required string? Playbook { get; init; }

    public required IReadOnlyList<QueueNow> Queues { get; init; }

    /// <summary>The newest turns in which something failed or was denied: figure, ticket, when.</summary>
    public required IReadOnlyList<(string Figure, string Ticket, DateTimeOffset At)> Failed { get; init; }

    /// <summary>Levels that were seen last, by series.</summary>
    public required IReadOnlyDictionary<string, double> Levels { get; init; }

    public required IReadOnlyList<BudgetBurn> Budgets { get; init; }

    /// <summary>Dollars of the last 24 hours.</summary>
    public required decimal Spent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A share of the last day; null: of nothing.</summary>
    public double? Share(string of, string among) =>
        Day.GetValueOrDefault(among) is > 0 and var n ? (double)Day.GetValueOrDefault(of) / n : null;

    public static OnCallBoard Read(
        Database database, KillSwitch killSwitch, PlaybookVersions versions, PlaybookHost playbooks)
    {
        var now = database.Clock.GetUtcNow();
        var minute = SeriesRows.MinuteOf(now);
        var changes = database.Read(c => Incidents.Triaging.Changes.Between(c, now.AddDays(-7), now, versions.Changed));
        var keys = new VirtualKeyStore(database, database.Clock).List();
        return database.Read(connection => new OnCallBoard
        {
            At = now,
            Switch = killSwitch.Read(),
            Stopped = killSwitch.Parts(),
            Alerts = AlertStore.Open(connection),
            Open = [.. SeriesReader.Most(connection, SeriesNames.BreakerOpen, minute - 3, minute)
                .Where(b => b.Value > 0).Select(b => b.Key).Order(StringComparer.Ordinal)],
            Day = Counts(connection, minute, DayMinutes),
            Hour = Counts(connection, minute, HourMinutes),
            P95 = Percentile(SeriesReader.ByName(
                connection, TallyFigure.Latency, 1, minute - HourMinutes, minute)),
            Changes = [.. changes.Take(MostChanges)],
            Playbook = versions.State()?.Active,
            Queues = QueueNow.Read(connection),
            Failed = LastFailed(connection, minute),
            Levels = ((string[])[SeriesNames.DeadLetters, SeriesNames.OutboxAge, SeriesNames.DiskUsed]).ToDictionary(
                name => name,
                name => SeriesReader.Most(connection, name, minute - 3, minute).Values.DefaultIfEmpty().Max()),
            Budgets = BudgetBurn.Read(
                connection, playbooks.Current.Models?.Budgets ?? new BudgetPolicy(), keys, now, most: 3),
            Spent = (decimal)SeriesReader.Slots(connection, TallyFigure.Decision, 1, minute - DayMinutes, minute)
                .Sum(s => s.Amount) / 1_000_000m,
        });
    }

    private static Dictionary<string, long> Counts(ReadConnection connection, long minute, int minutes) =>
        ((string[])[
            TallyFigure.Ticket, TallyFigure.Decision, TallyFigure.HandedOver, TallyFigure.Denied, TallyFigure.FellBack,
            TallyFigure.StageFailed, TallyFigure.SecondOpinion, TallyFigure.SecondDiffers, TallyFigure.Judged,
            TallyFigure.Overridden, TallyFigure.Breached("first_reply")]).ToDictionary(
            name => name,
            name => SeriesReader.Slots(connection, name, 1, minute - minutes, minute).Sum(s => s.N));

    private static double? Percentile(Dictionary<string, SeriesSlot> steps)
    {
        var left = (long)Math.Ceiling(steps.Values.Sum(s => s.N) * 0.95);
        foreach (var (step, slot) in steps.OrderBy(s => int.Parse(s.Key)))
            if ((left -= slot.N) <= 0) return LatencyStep.UpperMs(int.Parse(step));
        return null;
    }

    private static List<(string, string, DateTimeOffset)> LastFailed(ReadConnection connection, long minute) =>
        connection.Query(
            """
            select figure, conversation_id, slot from insight_facts
            where figure in ('stage_failed', 'tool_failed', 'fell_back', 'denied') and day between $1 and $2
            order by slot desc, conversation_id limit $3
            """,
            row => (row.Text(0), row.Text(1), DateTimeOffset.FromUnixTimeSeconds(row.Int64(2) * 60)),
            (minute / DayMinutes) - 1, minute / DayMinutes, (long)MostTickets);
}
