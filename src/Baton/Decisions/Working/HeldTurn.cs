using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Decisions.Working;

/// <summary>
/// A message to a conversation that a person has: automation may send the waiting text, and nothing else.
/// </summary>
internal sealed class HeldTurn(Turn turn, double latencyMs)
{
    public TurnDecision WhileLocked()
    {
        var conversation = turn.Conversation;
        var due = conversation.LastWaitingTextAt is not { } last
            || turn.Now - last >= turn.Playbook.Limits.WaitingTextEvery;
        var text = due ? ReplyText.Waiting(turn) : null;
        var id = due ? $"{conversation.Id}/{conversation.Messages + 1}" : null;
        var made = conversation.LastDecision;
        var reasoning = "the conversation is with a person; automation only sends the waiting text";
        return new TurnDecision
        {
            Text = text,
            MessageId = id,
            Events =
            [
                new ConversationEvent.DecisionMade(
                    turn.Number, turn.Playbook.Version, made?.Route ?? Route.L1, OutcomeKind.Held, 1, false, reasoning,
                    [], [], [reasoning], null, made?.Priority ?? Priority.Normal, conversation.Queue, latencyMs),
                new ConversationEvent.Held(turn.Number, id, "locked", text),
            ],
        };
    }
}
