using System.Collections.Immutable;

namespace Baton.Conversations.Findings;

/// <summary>The actions of a conversation, each effect once.</summary>
internal static class ActionsTaken
{
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
}
