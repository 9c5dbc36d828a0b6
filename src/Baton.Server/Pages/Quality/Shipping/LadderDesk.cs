using Baton.Conversations.Tallies;
using Baton.Evaluation.Ladder;
using Baton.Insights;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Pages.Quality.Shipping;

/// <summary>An intent on the ladder.</summary>
/// <param name="Ceiling">The playbook's word.</param>
/// <param name="Set">What people set; null: nothing.</param>
/// <param name="Stopped">A switch that stops the intent, whatever is set; null: none does.</param>
internal sealed record LadderLine(
    string Intent, AutonomyRung Ceiling, SetRung? Set, StoppedPart? Stopped, AutonomyRung Now, double Share,
    DraftCounts? Drafts, SentAnswers Answers, LadderProposal? Proposal);

/// <summary>Every intent with what people did with its drafts, and what that speaks for.</summary>
internal static class LadderDesk
{
    /// <summary>What counts: eight weeks, or since the last step. Answers count from the day after it.</summary>
    public const int Days = 56;

    public static IReadOnlyList<LadderLine> Lines(
        Database database, Playbook playbook, AutonomyRungs rungs, KillSwitch killSwitch)
    {
        var now = database.Clock.GetUtcNow();
        var period = InsightPeriod.Last(Days, now);
        var (drafts, answers) = database.Read(c => (
            DraftFates.Since(c, now.AddDays(-Days)).ToDictionary(d => d.Intent), Answers(c, period)));
        var stopped = killSwitch.Parts().Where(p => p.Scope == KillScope.Intent).ToDictionary(p => p.Name);
        var set = rungs.List().ToDictionary(s => s.Intent);
        return
        [
            .. playbook.Intents.Select(intent =>
            {
                var given = set.GetValueOrDefault(intent.Name);
                var stop = stopped.GetValueOrDefault(intent.Name);
                var rung = stop is not null ? AutonomyRung.Off
                    : given is null || given.Rung > intent.Autonomy ? intent.Autonomy : given.Rung;
                var share = Math.Min(intent.AutoShare, given?.Share ?? 1);
                var (own, sent) = (drafts.GetValueOrDefault(intent.Name), answers.GetValueOrDefault(intent.Name));
                // What spoke for the last step says nothing of the next.
                if (given is not null && given.At > now.AddDays(-Days))
                    (own, sent) = database.Read(c => (
                        DraftFates.Since(c, given.At).Find(d => d.Intent == intent.Name),
                        Answers(c, period with { From = TicketTally.DayOf(given.At) + 1 })
                            .GetValueOrDefault(intent.Name)));
                return new LadderLine(intent.Name, intent.Autonomy, given, stop, rung, share, own, sent,
                    LadderProposal.Of(rung, share, intent.Autonomy, own, sent));
            }).OrderByDescending(l => l.Proposal is not null).ThenByDescending(l => l.Drafts?.All ?? 0)
                .ThenBy(l => l.Intent, StringComparer.Ordinal),
        ];
    }

    /// <summary>By intent, for the days on which they were sent.</summary>
    private static Dictionary<string, SentAnswers> Answers(ReadConnection connection, InsightPeriod period)
    {
        if (period.From > period.To) return [];
        var withdrawn = Count(connection, TallyFigure.Of(ResolutionState.Withdrawn), period);
        var corrected = Count(connection, TallyFigure.Overridden, period);
        return Count(connection, TallyFigure.Answered, period).ToDictionary(sent => sent.Key, sent => new SentAnswers(
            sent.Value, withdrawn.GetValueOrDefault(sent.Key) + corrected.GetValueOrDefault(sent.Key)));
    }

    private static Dictionary<string, int> Count(ReadConnection connection, string figure, InsightPeriod period) =>
        InsightReader.ByName(connection, figure, "intent", period).GroupBy(row => row.Name)
            .ToDictionary(g => g.Key, g => (int)g.Sum(row => row.N));
}
