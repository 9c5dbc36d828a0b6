using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Baton.Decisions.Turns;

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
        return Draw(turn.Conversation.Id, turn.Number) < share;
    }

    /// <summary>A number from 0 to 1 that is evenly spread over tickets and turns.</summary>
    public static double Draw(string ticket, int turn)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"second opinion\n{ticket}\n{turn}"), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) / (double)ulong.MaxValue;
    }
}
