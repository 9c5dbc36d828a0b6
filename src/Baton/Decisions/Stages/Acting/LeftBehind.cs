using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Storage;
using Baton.Tools.Running;
using Baton.Workflows;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// Effects that a turn has begun and will not tell of, since it ends without an answer of the stage that made them:
/// whoever takes over has to know of them.
/// </summary>
internal static class LeftBehind
{
    public static IReadOnlyList<TicketAction> Of(ReadConnection connection, Conversation conversation) =>
    [
        .. ToolEffects.Of(connection, conversation.Id)
            .Where(e => e.Turn > conversation.DecidedTurn && e.Status != EffectStatus.Failed)
            .Select(e => new TicketAction(
                e.Agent, e.Tool, e.Status == EffectStatus.Done ? StepResult.Done : StepResult.Unclear, e.Reference,
                e.Amount, e.Currency))
            .Where(a => !conversation.Actions.Any(told => told.Tool == a.Tool && told.Reference == a.Reference)),
    ];
}
