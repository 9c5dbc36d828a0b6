using System.Text;
using System.Text.Json.Nodes;

namespace Baton.Conversations.Inspection;

/// <summary>What customers wrote, in the JSON of an event or a decision.</summary>
internal static class CustomerTexts
{
    /// <summary>All of it with line feeds between, or null when this type of event has none.</summary>
    public static string? Of(string type, string json)
    {
        if (type is not ("ConversationStarted" or "MessageReceived" or "Escalated")) return null;
        if (JsonNode.Parse(json) is not JsonObject data) return null;
        var texts = new StringBuilder();
        Add(texts, data["subject"]);
        Add(texts, data["text"]);
        if (data["fields"] is JsonObject fields) foreach (var (_, value) in fields) Add(texts, value);
        if (data["packet"] is not JsonObject packet) return texts.ToString();
        Add(texts, packet["summary"]);
        foreach (var line in packet["transcript"] as JsonArray ?? [])
            if (line is JsonObject said && (string?)said["from"] == "customer") Add(texts, said["text"]);
        return texts.ToString();
    }

    /// <summary>Those in the handoff of a decision, or null when it has none.</summary>
    public static string? OfDecision(string json) =>
        ConversationJson.ReadDecision(json).Handoff is not { } packet ? null : string.Join(
            '\n', packet.Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text).Prepend(packet.Summary));

    /// <summary>The decision with those texts rewritten one by one.</summary>
    public static string RewriteDecision(string json, Func<string, string> rewrite)
    {
        var decision = ConversationJson.ReadDecision(json);
        if (decision.Handoff is not { } packet) return json;
        return ConversationJson.Write(decision with
        {
            Handoff = packet with
            {
                Summary = rewrite(packet.Summary),
                Transcript = [.. packet.Transcript.Select(
                    l => l.From == Author.Customer ? l with { Text = rewrite(l.Text) } : l)],
            },
        });
    }

    private static void Add(StringBuilder texts, JsonNode? value)
    {
        if (value is JsonValue text && text.TryGetValue(out string? some)) texts.Append(some).Append('\n');
    }
}
