namespace Baton.Conversations;

/// <summary>What a denied call tells about who tried it.</summary>
internal static class DeniedClause
{
    /// <summary>
    /// Clauses that policy and customers touch every day; the others are somebody's attempt, or a bug.
    /// </summary>
    private static readonly string[] Ordinary =
        ["precondition", "limit", "identity", "approval", "amount", "once", "input", "confirm", "stopped"];

    /// <summary>Whether no honest agent causes it.</summary>
    /// <param name="clause">As in <see cref="ConversationEvent.ToolDenied"/>; null: not known.</param>
    public static bool IsAttempt(string? clause) => !Ordinary.Contains((clause ?? "").Split(':')[0]);
}
