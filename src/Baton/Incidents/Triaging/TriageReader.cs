using Baton.Conversations.Tallies;
using Baton.Incidents.Alerting;
using Baton.Incidents.Judging;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Measured;
using Baton.Tools.Running;

namespace Baton.Incidents.Triaging;

/// <summary>Gathers what the chain looks at: series, changes and alerts, as they were at a moment.</summary>
internal sealed class TriageReader(Database database, PlaybookHost playbooks, PlaybookVersions versions)
{
    private const int HalfHour = 30, Day = 24 * SeriesRows.Hour;

    /// <summary>Longest time after a change that is held against it.</summary>
    private static readonly TimeSpan AfterChange = TimeSpan.FromHours(6);

    /// <summary>Decisions without which a change says nothing.</summary>
    private const int FewestDecisions = 20;

    public TriageResult Triage(DateTimeOffset at) => TriageChain.Decide(Read(at));

    public TriageFacts Read(DateTimeOffset at)
    {
        // Outside of the snapshot: kept versions are read by a connection of their own.
        var changes = database.Read(c => Changes.Between(c, at.AddDays(-1), at, versions.Changed));
        return database.Read(connection =>
        {
            var minute = SeriesRows.MinuteOf(at);
            var source = StoredSeries.Of(connection, minute);
            var judge = new AlertJudge(source);
            var look = new Look(source, judge.Usual, minute);
            return new TriageFacts
            {
                At = at,
                Denied = look.Count(HalfHour, TallyFigure.Denied),
                DeniedBy = DeniedBy(connection, at),
                Open = [.. source.Most(SeriesNames.BreakerOpen, minute - 10, minute).Where(b => b.Value > 0)
                    .Select(b => b.Key).Order(StringComparer.Ordinal)],
                Slow = source.Most(SeriesNames.ToolSlow, minute - HalfHour, minute).ToDictionary(),
                Tickets = look.Count(HalfHour, TallyFigure.Ticket),
                Escalations = look.Count(HalfHour, TallyFigure.HandedOver),
                Failures = look.Count(HalfHour, TallyFigure.FellBack, TallyFigure.StageFailed),
                JudgeDiffers = look.Share(Day, TallyFigure.SecondDiffers, TallyFigure.SecondOpinion),
                PeopleCorrect = look.Share(Day, TallyFigure.Overridden, TallyFigure.Judged),
                CalledBad = look.Share(Day, TallyFigure.WrongAnswer, TallyFigure.Answered),
                Changes = changes,
                SinceChange = [.. changes.Select(change => SinceOf(look, change, at))],
                ClockOff = look.Most(SeriesNames.ClockOff, 6 * SeriesRows.Hour),
                DiskUsed = look.Most(SeriesNames.DiskUsed, HalfHour),
                LedgerFaults = look.Most(SeriesNames.LedgerFaults, HalfHour),
                OutboxAge = look.Most(SeriesNames.OutboxAge, HalfHour),
                Intents = Intents(connection, minute),
                Alerts = [.. playbooks.Current.Alerts.Rules
                    .Select(rule => (rule, Reading: judge.Read(rule, minute - 1)))
                    .Where(l => l.Reading.State == AlertState.Holds).Select(l => $"{l.rule.Name}: {l.Reading.Text}")],
            };
        });
    }

    private static Since SinceOf(Look look, Change change, DateTimeOffset at)
    {
        var end = at - change.At > AfterChange ? change.At + AfterChange : at;
        var (from, to) = (SeriesRows.MinuteOf(change.At), SeriesRows.MinuteOf(end));
        var after = look with { Minute = to };
        var minutes = (int)Math.Max(1, to - from);
        var escalated = after.Share(minutes, TallyFigure.HandedOver, TallyFigure.Decision);
        return escalated.Of < FewestDecisions ? default : new Since(
            escalated, after.Share(minutes, TallyFigure.LowConfidence, TallyFigure.Decision),
            after.Count(minutes, TallyFigure.StageFailed));
    }

    /// <summary>By agent, tool and clause; never by what a customer wrote.</summary>
    private static IReadOnlyList<string> DeniedBy(ReadConnection connection, DateTimeOffset at) =>
    [
        .. ToolDenials.Since(connection, at.AddMinutes(-HalfHour), 500).Where(d => d.At <= at)
            .GroupBy(d => $"{d.Agent} › {d.Tool} ({d.Clause})").OrderByDescending(g => g.Count())
            .Select(g => $"{g.Key} × {g.Count()}"),
    ];

    private static List<(string Intent, long Times)> Intents(ReadConnection connection, long minute) =>
        connection.Query(
        """
        select intent, count(*) from insight_facts
        where figure = 'handed_over' and sign = 1 and day between $1 and $2 and slot between $3 and $4
            and intent is not null
        group by intent order by count(*) desc, intent limit 5
        """,
        row => (row.Text(0), row.Int64(1)), (minute - HalfHour) / Day, minute / Day, minute - HalfHour, minute);

    /// <summary>The series up to and with a minute.</summary>
    private sealed record Look(SeriesSource Source, UsualHours Usual, long Minute)
    {
        public CountFact Count(int minutes, params ReadOnlySpan<string> series)
        {
            var (count, usual) = (0L, (double?)0);
            foreach (var name in series)
            {
                count += Source.Sum(name, Minute - minutes + 1, Minute).N;
                usual += Usual.Expected(name, Minute, minutes);
            }
            return new CountFact(count, usual);
        }

        public ShareFact Share(int minutes, string series, string among) => new(
            Source.Sum(series, Minute - minutes + 1, Minute).N, Source.Sum(among, Minute - minutes + 1, Minute).N,
            Usual.Share(series, among, Minute / SeriesRows.Hour, ofAmounts: false));

        public double Most(string series, int minutes) =>
            Source.Most(series, Minute - minutes + 1, Minute).Values.DefaultIfEmpty().Max();
    }
}
