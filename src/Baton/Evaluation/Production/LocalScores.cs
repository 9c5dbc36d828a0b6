using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Conversations.Verdicts;
using Baton.Knowledge;
using Baton.Playbooks;

namespace Baton.Evaluation.Production;

/// <summary>
/// Judges that need no model: whether an answer is backed by what it cites, and whether the right one had the ticket,
/// by what people and customers did since. Null where nothing says so.
/// </summary>
internal static class LocalScores
{
    public const string Faithfulness = "faithfulness", Appropriateness = "escalation_appropriateness";

    /// <summary>The criteria, in the order of the page.</summary>
    public static readonly IReadOnlyList<string> Criteria = [Appropriateness, Faithfulness];

    /// <summary>Stars up to which a rating says that the answer was none.</summary>
    public const int Low = 2;

    /// <summary>Of the answer's sentences, how many its articles bear out; null without articles.</summary>
    public static double? OfAnswer(Decision decision, Playbook playbook)
    {
        if (decision is not { Outcome: OutcomeKind.Replied, Reply: { Length: > 0 } reply, Citations.Count: > 0 })
            return null;
        List<string> sources =
        [
            .. decision.Citations.Select(c => $"{c.Title}\n{c.Heading}\n"
                + (playbook.Articles.FirstOrDefault(a => a.Id == c.ArticleId)?.Body ?? c.Quote)).Distinct(),
        ];
        var report = GroundingCheck.Check(reply, sources, new GroundingOptions { KnownNames = [playbook.Brand.Name] });
        return report.Sentences.Count == 0 ? null
            : (double)report.Sentences.Count(s => s.Supported) / report.Sentences.Count;
    }

    /// <summary>1: the right one had it; 0: not; null: nothing says so yet.</summary>
    public static double? OfRoute(TicketTally tally, int turn, bool closed)
    {
        if (!tally.Turns.TryGetValue(turn, out var made)) return null;
        if (made.IsUnneeded) return 0;
        if (made.ShouldHaveBeen is { } route) return made.IsHandedOver != route is Route.Auto or Route.Ask ? 1 : 0;
        if (made.ReviewedBy is not null) return 1;
        if (made.IsHandedOver) return closed ? 1 : null;
        if (tally.Resolution == ResolutionState.Withdrawn || tally.Rating is { Stars: <= Low }) return 0;
        return tally.IsResolved || tally.Rating is { Stars: >= Ratings.Satisfied } ? 1 : null;
    }
}
