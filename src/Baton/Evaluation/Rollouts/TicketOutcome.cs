using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Evaluation.Rollouts;

/// <summary>What became of a ticket that takes part in a roll-out, as its events tell it.</summary>
internal sealed record TicketOutcome(TicketTally Tally, bool Denied)
{
    /// <summary>Of a ticket after new facts.</summary>
    public static TicketOutcome Of(
        Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at) => new(
        facts.Aggregate(before.Tally, (tally, fact) => tally.Next(fact, at)),
        before.Undecided.Concat(facts).Any(fact => fact is ConversationEvent.ToolDenied));

    /// <summary>A ticket takes part from its first decision on.</summary>
    public static void Enrol(
        WriteTransaction transaction, string rollout, string id, bool candidate, double share, DateTimeOffset at) =>
        transaction.Execute(
            """
            insert into rollout_tickets (rollout_id, conversation_id, candidate, share, at_ms, turns, escalated,
                overridden, wrong, denied, rated, unsatisfied, cost_usd, latency_ln)
            values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            on conflict (rollout_id, conversation_id) do nothing
            """, rollout, id, candidate, share, SqlValue.Ms(at));

    /// <summary>Writes what it is now; what went wrong once stays so.</summary>
    /// <param name="latenciesMs">Of decisions that are new.</param>
    public void Write(WriteTransaction transaction, string rollout, string id, IReadOnlyList<double> latenciesMs)
    {
        var turns = Tally.Turns.Values;
        var cost = turns.Sum(t => t.CostMicros) / 1_000_000.0;
        transaction.Execute(
            """
            update rollout_tickets set
                escalated = case when $3 = 1 then 1 else escalated end,
                overridden = case when $4 = 1 then 1 else overridden end,
                wrong = case when $5 = 1 then 1 else wrong end,
                denied = case when $6 = 1 then 1 else denied end,
                rated = $7, unsatisfied = $8, cost_usd = $9,
                latency_ln = (latency_ln * turns + $10) / case when turns + $11 = 0 then 1 else turns + $11 end,
                turns = turns + $11
            where rollout_id = $1 and conversation_id = $2
            """,
            rollout, id, turns.Any(t => t.IsHandedOver), turns.Any(t => t.IsCorrected), IsWrong, Denied,
            Tally.Rating is not null ? 1L : 0L, Tally.Rating is { Stars: < Ratings.Satisfied } ? 1L : 0L, cost,
            latenciesMs.Sum(ms => Math.Log(1 + ms)), (long)latenciesMs.Count);
    }

    /// <summary>
    /// An answer that was none: the customer came back after it had counted, or a person says that it should have gone
    /// to somebody.
    /// </summary>
    private bool IsWrong => Tally.Resolution == ResolutionState.Withdrawn
        || Tally.Turns.Values.Any(t => t is
        {
            IsHandedOver: false, ShouldHaveBeen: not null and not (Route.Auto or Route.Ask),
        });
}
