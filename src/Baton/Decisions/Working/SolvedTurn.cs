using Baton.Conversations;
using Baton.Conversations.Solving;
using Baton.Decisions.Turns;
using Baton.Escalation.Triggers;
using Baton.Playbooks;
using Baton.Text;
using Baton.Triage;

namespace Baton.Decisions.Working;

/// <summary>The customer writes that an offered passage solved it, and nothing else.</summary>
internal static class SolvedTurn
{
    /// <summary>What follows, or null when it is another message.</summary>
    public static SolvedAnswer? Of(Turn turn)
    {
        var state = turn.Conversation;
        if (state is not { CameBack: false, OfferedTurn: > 0 } || turn.Input.Automatic is not null
            || !SolvedWords.Say(OwnWords.Of(turn.Body))
            || Triggers.AnyOfWords(turn.Playbook, new SaidWords("", turn.Input.Noticed))) return null;
        return state.Status switch
        {
            // Another message since the offer may be anything, and nobody has looked at it.
            ConversationStatus.Escalated or ConversationStatus.Open when turn.Number == state.OfferedTurn + 1 =>
                SolvedAnswer.Closed,
            ConversationStatus.Escalated or ConversationStatus.Claimed => SolvedAnswer.Told,
            _ => null,
        };
    }

    /// <summary>What is committed with such a turn.</summary>
    public static TurnDecision Decide(Turn turn, SolvedAnswer answer)
    {
        var state = turn.Conversation;
        var closes = answer == SolvedAnswer.Closed;
        var text = closes ? ReplyText.Solved(turn) : null;
        var id = text is null ? null : $"{state.Id}/{state.Messages + 1}";
        var made = state.LastDecision;
        var reasoning = closes ? "the customer says that an offered passage solved it; the ticket is closed"
            : "the customer says that it is solved; the person who has it decides";
        return new TurnDecision
        {
            Text = text, MessageId = id,
            Events =
            [
                // Before the decision, whose facts end with the first that a person or a customer causes.
                new ConversationEvent.ResolutionConfirmed("the customer wrote that it is solved", OnlyTells: !closes),
                new ConversationEvent.DecisionMade(
                    turn.Number, turn.Playbook.Version, made?.Route ?? Route.L1, OutcomeKind.Held, 1, false, reasoning,
                    [], [], [reasoning], null, made?.Priority ?? Priority.Normal, state.Queue, 0),
                new ConversationEvent.Held(turn.Number, id, "solved", text),
            ],
        };
    }
}
