using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;

namespace Baton.Decisions.Turns;

/// <summary>How freely automation may answer a turn: the lowest of intent, channel and what people set.</summary>
internal static class TurnAutonomy
{
    private const string Salt = "autonomy";

    /// <summary>Where a conversation falls, 0 to 1: below an intent's share automation answers.</summary>
    public static double ShareOf(string conversation) => Share.Of(conversation, Salt);

    public static AutonomyRung Of(Turn turn, AutonomyRungs rungs)
    {
        var channel = turn.Playbook.ChannelAutonomy.GetValueOrDefault(turn.Conversation.Channel, AutonomyRung.Auto);
        if (turn.Playbook.FindIntent(turn.Triage.Intent) is not { } intent) return channel;
        var set = rungs.Find(intent.Name);
        AutonomyRung[] all = [channel, intent.Autonomy, set?.Rung ?? AutonomyRung.Auto];
        var lowest = all.Min();
        if (lowest != AutonomyRung.Auto) return lowest;
        return ShareOf(turn.Conversation.Id) < Math.Min(intent.AutoShare, set?.Share ?? 1)
            ? AutonomyRung.Auto
            : AutonomyRung.Draft;
    }
}
