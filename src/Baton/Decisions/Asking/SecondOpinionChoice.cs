using Baton.Decisions.Turns;
using Baton.Operations;

namespace Baton.Decisions.Asking;

/// <summary>
/// Which turns the next tier reads as well. The playbook's share holds for ordinary turns; one with a low decision
/// confidence is taken four times as often, and so is one of a conversation that was last rated badly. The draw follows
/// from ticket and turn, so a replay takes the same turns.
/// </summary>
internal static class SecondOpinionChoice
{
    private const double Weight = 4;

    /// <summary>Stars up to which a rating is bad.</summary>
    private const int BadRating = 2;

    public static bool Takes(Turn turn)
    {
        var share = turn.Playbook.Limits.SecondOpinionShare;
        if (share <= 0 || turn.Findings.Guarded is not { } guarded) return false;
        if (guarded.Confidence < turn.Playbook.Thresholds.DecisionConfidence) share *= Weight;
        if (turn.Conversation.LastRating <= BadRating) share *= Weight;
        return Share.Of(turn.Conversation.Id, $"second opinion {turn.Number}") < share;
    }
}
