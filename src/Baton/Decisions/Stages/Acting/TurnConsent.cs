using Baton.Decisions.Turns;
using Baton.Text;
using Baton.Tools.Running;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// What the customer said to the call that was shown to them: everything that they wrote since then has to be a plain
/// yes. Code reads it, no model; a machine's mail is nobody's yes.
/// </summary>
internal static class TurnConsent
{
    public static Consent? Of(Turn turn) => turn.Conversation.AskedToConfirm is not { } effect ? null
        : new Consent(effect, turn.Input.Automatic is null && PlainYes.Is(turn.Body, Shown(turn)));

    private static string? Shown(Turn turn) =>
        turn.Conversation.Transcript.LastOrDefault(l => l.From != Conversations.Author.Customer)?.Text;
}
