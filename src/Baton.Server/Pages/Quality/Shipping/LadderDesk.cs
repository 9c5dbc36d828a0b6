using Baton.Conversations.Tallies;
using Baton.Evaluation.Ladder;
using Baton.Insights;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Pages.Quality.Shipping;

/// <summary>An intent on the ladder.</summary>
/// <param name="Ceiling">The playbook's word.</param>
/// <param name="Set">What people set; null: nothing.</param>
internal sealed record LadderLine(
    string Intent, AutonomyRung Ceiling, SetRung? Set, AutonomyRung Now, double Share, DraftCounts? Drafts,
    SentAnswers Answers, LadderProposal? Proposal);

/// <summary>Every intent with what people did with its drafts, and what that speaks for.</summary>
internal static class LadderDesk
{
    /// <summary>What counts: eight weeks, of drafts only those since the last step.</summary>
    public const int Days = 56;

    public static IReadOnlyList<LadderLine> Lines(Database database, Playbook playbook, AutonomyRungs rungs)
    {
        var now = database.Clock.GetUtcNow();
        var period = InsightPeriod.Last(Days, now);
        var (drafts, answered, withdrawn, corrected) = database.Read(c => (
            DraftFates.Since(c, now.AddDays(-Days)).ToDictionary(d => d.Intent),
            Count(c, TallyFigure.Answered, period), Count(c, TallyFigure.Of(ResolutionState.Withdrawn), period),
            Count(c, TallyFigure.Overridden, period)));
        var set = rungs.List().ToDictionary(s => s.Intent);
        return
        [
            .. playbook.Intents.Select(intent =>
            {
                var given = set.GetValueOrDefault(intent.Name);
                var rung = given is null || given.Rung > intent.Autonomy ? intent.Autonomy : given.Rung;
                var share = Math.Min(intent.AutoShare, given?.Share ?? 1);
                var answers = new SentAnswers(answered.GetValueOrDefault(intent.Name),
                    withdrawn.GetValueOrDefault(intent.Name) + corrected.GetValueOrDefault(intent.Name));
                // What spoke for the last step says nothing of the next.
                var own = given is not null && given.At > now.AddDays(-Days)
                    ? database.Read(c => DraftFates.Since(c, given.At)).Find(d => d.Intent == intent.Name)
                    : drafts.GetValueOrDefault(intent.Name);
                return new LadderLine(intent.Name, intent.Autonomy, given, rung, share, own, answers,
                    LadderProposal.Of(rung, share, intent.Autonomy, own, answers));
            }).OrderByDescending(l => l.Proposal is not null).ThenByDescending(l => l.Drafts?.All ?? 0)
                .ThenBy(l => l.Intent, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, int> Count(ReadConnection connection, string figure, InsightPeriod period) =>
        InsightReader.ByName(connection, figure, "intent", period).GroupBy(row => row.Name)
            .ToDictionary(g => g.Key, g => (int)g.Sum(row => row.N));
}
