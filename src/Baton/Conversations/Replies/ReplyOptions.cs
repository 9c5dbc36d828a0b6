using System.ComponentModel.DataAnnotations;

namespace Baton.Conversations.Replies;

/// <summary>How replies of people leave.</summary>
public sealed record ReplyOptions
{
    /// <summary>Seconds in which a reply from the console can be taken back; 0: it leaves at once.</summary>
    [Range(0, 60)]
    public int UndoSeconds { get; init; } = 5;

    internal TimeSpan Undo => TimeSpan.FromSeconds(UndoSeconds);
}
