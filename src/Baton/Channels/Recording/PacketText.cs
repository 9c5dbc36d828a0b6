using System.Text;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Text.Words;

namespace Baton.Channels.Recording;

/// <summary>A handoff as a person reads it in another system: the six parts of the packet, and what waits.</summary>
internal static class PacketText
{
    private const int MostLines = 20, LongestLine = 1_000;

    /// <param name="draft">A reply that waits for a person, or null.</param>
    public static string Of(ConversationEvent.Escalated handoff, string ticketId, string? draft)
    {
        var packet = handoff.Packet;
        var text = new StringBuilder();
        text.AppendLine($"Baton handed ticket {ticketId} to queue {handoff.Queue}, priority "
            + $"{EnumWords.Of(handoff.Priority)}.");
        Part(text, "Customer", $"{packet.Customer.Id ?? "unknown"}, tier {packet.Customer.Tier}"
            + (packet.Customer.Known ? "" : " (not known to the directory)"));
        Part(text, "Summary", packet.Summary);
        Part(text, "Reason", packet.Reason);
        if (packet.Account.Count > 0)
            Part(text, "Account", string.Join("; ", packet.Account.OrderBy(a => a.Key, StringComparer.Ordinal)
                .Select(a => $"{a.Key}: {a.Value}")));
        Part(text, "Last attempt", packet.LastAttempt);
        Part(text, "Promised", $"{handoff.Promise} (by {handoff.PromisedBy:u})");
        if (draft is not null) Part(text, "Draft that waits", draft);
        text.AppendLine().AppendLine("Transcript:");
        var left = packet.Transcript.Count - MostLines;
        if (left > 0) text.AppendLine($"({left} earlier messages)");
        foreach (var line in packet.Transcript.TakeLast(MostLines))
            text.AppendLine($"{EnumWords.Of(line.From)}: {Cut(line.Text)}");
        return text.ToString().TrimEnd();
    }

    private static void Part(StringBuilder text, string name, string value) =>
        text.AppendLine($"{name}: {value.Trim()}");

    private static string Cut(string line) => CutText.Of(line, LongestLine, "…");
}
