using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Decisions.Replaying;
using Baton.Playbooks;

namespace Baton.Evaluation.Replaying;

/// <summary>What people and the customer made of a decision afterwards.</summary>
/// <param name="PersonDue">Somebody said that a person was due; null: nobody said either.</param>
/// <param name="Right">Whether an answer was, or would have been, right; null: nobody said.</param>
/// <param name="Queue">Where people worked on it; null: nobody did.</param>
internal sealed record ReplayTruth(bool? PersonDue, bool? Right, string? Queue)
{
    private const int Unhappy = 2;

    /// <param name="label">Outcome that a person gave the ticket, or null.</param>
    public static ReplayTruth Of(RecordedTurn turn, string? label)
    {
        var truth = new ReplayTruth(null, null, null);
        foreach (var fact in turn.After) truth = truth.Next(fact, turn.Queue);
        return label switch
        {
            "answer" => truth with { PersonDue = false, Right = truth.Right ?? true },
            "person" => truth with { PersonDue = true },
            _ => truth,
        };
    }

    private ReplayTruth Next(ConversationEvent fact, string? queue) => fact switch
    {
        ConversationEvent.DecisionReviewed { ShouldHaveBeen: { } route } => this with
        {
            PersonDue = route is not (Route.Auto or Route.Ask), Right = route == Route.Auto ? Right ?? true : Right,
        },
        ConversationEvent.HandoffJudged judged => this with { PersonDue = judged.Needed != PersonNeeded.No },
        ConversationEvent.DraftSent => this with { PersonDue = PersonDue ?? false, Right = true },
        ConversationEvent.DraftDiscarded => this with { Right = Right ?? false },
        ConversationEvent.ResolutionWithdrawn or ConversationEvent.Rated { Stars: <= Unhappy } =>
            this with { Right = false },
        ConversationEvent.ResolutionConfirmed or ConversationEvent.ResolutionVerified =>
            this with { Right = Right ?? true },
        ConversationEvent.Rerouted moved => this with { Queue = moved.To },
        ConversationEvent.AgentReplied => this with { Queue = Queue ?? queue },
        _ => this,
    };
}
