using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Conversations.Tickets;
using Baton.Evaluation.Judging;
using Baton.Gateway;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Evaluation.Production;

/// <summary>
/// Scores a stratified share of the decisions of a day: more of those that were unsure or badly rated, each with the
/// number of decisions it stands for. Which ones are drawn follows from the ticket, so a second run draws the same.
/// </summary>
internal sealed class DecisionScoring(
    ConversationStore store, PlaybookHost playbooks, TimeProvider clock, ModelGateway? gateway = null)
{
    /// <summary>Decisions of a day that are looked at.</summary>
    private const long Most = 200_000;

    private const string Salt = "scores";

    private const int LowestMark = 1, HighestMark = 5;

    /// <summary>Scores what was decided in a day; what is scored already stays.</summary>
    /// <returns>How many decisions got a score.</returns>
    public async Task<int> RunAsync(
        DateTimeOffset from, DateTimeOffset to, ScoringPlan plan, CancellationToken cancellationToken)
    {
        var made = store.Database.Read(c => c.Query(
            """
            select conversation_id, turn, needs_review from decisions
            where decided_at >= $1 and decided_at < $2 and outcome not in ('silent', 'held')
            order by conversation_id, turn limit $3
            """,
            row => (Id: row.Text(0), Turn: row.Int32(1), Unsure: row.Bool(2)), SqlValue.Ms(from), SqlValue.Ms(to),
            Most));
        var (scored, left) = (0, plan.JudgedByModels);
        List<ModelJudge> judges = gateway is { HasModels: true }
            ? [.. JudgeCriterion.BuiltIn.Select(c => new ModelJudge(JudgeCriterion.Shipped(c), gateway, samples: 1))]
            : [];
        foreach (var (id, turn, unsure) in made)
        {
            var draw = Share.Of($"{id}/{turn}", Salt);
            // Nothing is read of those that no share would draw, and of most others only whether they are doubtful.
            if (draw >= Math.Max(plan.Share, plan.ShareOfDoubtful)) continue;
            var chance = unsure || IsRatedBadly(id) ? plan.ShareOfDoubtful : plan.Share;
            if (draw >= chance) continue;
            var state = store.Load(id);
            if (store.Database.Read(c => StoredDecision.From(c, id, turn)) is not { } stored) continue;
            // What is scored already is not judged, and paid for, again.
            if (stored.Made.Turn != turn || IsScored(id, turn)) continue;
            List<ConversationEvent.DecisionScored> scores = [.. Local(state, stored.View, turn, 1 / chance)];
            if (left > 0 && judges.Count > 0 && stored.View.Reply is { } reply)
            {
                left--;
                scores.AddRange(
                    await JudgedAsync(judges, state, stored.View, reply, turn, 1 / chance, cancellationToken));
            }
            if (await SaveAsync(id, turn, scores, cancellationToken)) scored++;
        }
        return scored;
    }

    /// <summary>Of the rating that stands, without the conversation.</summary>
    private bool IsRatedBadly(string id) => store.Database.Read(c => c.Number(
        """
        select 1 from insight_facts where conversation_id = $1 and figure = $2 and amount <= $3
        group by amount having sum(sign) > 0 limit 1
        """, id, TallyFigure.Rated, LocalScores.Low)) is not null;

    private IEnumerable<ConversationEvent.DecisionScored> Local(
        Conversation state, Decision decision, int turn, double weight)
    {
        var closed = state.Status == ConversationStatus.Closed;
        if (LocalScores.OfRoute(state.Tally, turn, closed) is { } route)
            yield return new(turn, LocalScores.Appropriateness, route, weight);
        if (LocalScores.OfAnswer(decision, playbooks.Current) is { } answer)
            yield return new(turn, LocalScores.Faithfulness, answer, weight);
    }

    private static async Task<List<ConversationEvent.DecisionScored>> JudgedAsync(
        List<ModelJudge> judges, Conversation state, Decision decision, string reply, int turn, double weight,
        CancellationToken cancellationToken)
    {
        var asked = string.Join(
            '\n', state.Transcript.Where(l => l.From == Author.Customer).Take(turn).Select(l => l.Text));
        var sources = decision.Citations.Select(c => c.Quote).ToList();
        List<ConversationEvent.DecisionScored> scores = [];
        foreach (var judge in judges)
            if (await judge.JudgeAsync(asked, reply, sources, cancellationToken) is { } mark)
                scores.Add(new(turn, judge.Name, (mark.Score - LowestMark) / (HighestMark - LowestMark), weight));
        return scores;
    }

    /// <summary>Writes scores unless the turn has some.</summary>
    private async Task<bool> SaveAsync(
        string id, int turn, List<ConversationEvent.DecisionScored> scores, CancellationToken cancellationToken)
    {
        if (scores.Count == 0 || IsScored(id, turn)) return false;
        while (true)
        {
            var state = store.Load(id);
            var saved = await store.Database.WriteAsync(
                t => store.Save(t, state, scores, clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            return true;
        }
    }

    private bool IsScored(string id, int turn) => store.Database.Read(c => Storage.Events.Ledger.Read(c, id))
        .Any(e => e.Type == nameof(ConversationEvent.DecisionScored)
            && ConversationJson.Read(e.Type, e.Data.Span) is ConversationEvent.DecisionScored s && s.Turn == turn);
}
