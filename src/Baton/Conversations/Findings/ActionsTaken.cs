using System.Collections.Immutable;

namespace Baton.Conversations.Findings;

/// <summary>The actions of a conversation, each effect once.</summary>
internal static class ActionsTaken
{
    /// <summary>What a stage has done; nothing for most of them.</summary>
    public static IReadOnlyList<TicketAction> Of(ConversationEvent.StageCompleted stage) => stage.Stage switch
    {
        StageNames.Act => ConversationJson.Read<ActReading>(stage.Output).Actions,
        StageNames.Agent => ConversationJson.Read<AgentReading>(stage.Output).Actions ?? [],
        _ => [],
    };

    /// <summary>A turn that started over tells of the same effects again, with what became of them since.</summary>
    public static ImmutableList<TicketAction> With(
        ImmutableList<TicketAction> before, IReadOnlyList<TicketAction> taken)
    {
        foreach (var action in taken)
        {
            var at = action.Reference is null ? -1
                : before.FindIndex(a => a.Tool == action.Tool && a.Reference == action.Reference);
            before = at < 0 ? before.Add(action) : before.SetItem(at, action);
        }
        return before;
    }

    /// <summary>The actions with what became of one of them.</summary>
    public static ImmutableList<TicketAction> With(
        ImmutableList<TicketAction> before, ConversationEvent.ActionUndone undone) =>
        before.FindIndex(a => a.Tool == undone.Tool && a.Reference == undone.Reference) is var at and >= 0
            ? before.SetItem(at, before[at] with { Status = undone.Status }) : before;
}
