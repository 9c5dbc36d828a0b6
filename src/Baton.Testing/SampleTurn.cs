using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Testing;

/// <summary>Turns for tests of stages.</summary>
public static class SampleTurn
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 15, 0, 0, TimeSpan.Zero);

    /// <summary>The first message of a ticket, on its way to a decision.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="findings">What the stages before have found; null when none has run.</param>
    /// <param name="playbook">Null means the small one of <see cref="PlaybookFiles"/>.</param>
    public static Turn Of(string text, TurnFindings? findings = null, Playbook? playbook = null)
    {
        var conversation = Conversation.Fold("T-1",
        [
            (new ConversationEvent.ConversationStarted(
                "T-1", "email", null, null, null, null, new Dictionary<string, string>()), At),
            (new ConversationEvent.MessageReceived("T-1/1", 1, Author.Customer, text, text.Length, false, At), At),
        ]);
        var turn = new Turn(playbook ?? new PlaybookFiles().Playbook(), models: null, conversation, At);
        turn.Take(findings ?? new TurnFindings());
        return turn;
    }
}
