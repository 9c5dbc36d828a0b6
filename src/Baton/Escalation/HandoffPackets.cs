using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;
using Baton.Text.Words;

namespace Baton.Escalation;

/// <summary>Builds the six-part packet. It never holds a model's reasoning or competing readings.</summary>
public static class HandoffPackets
{
    /// <summary>Messages kept in a packet; the oldest go first. The full text stays with the conversation.</summary>
    private const int MostLines = 200;

    private const int SummaryCharacters = 160;

    /// <summary>The packet of a conversation that is about to be handed over.</summary>
    /// <param name="summary">A sentence that a model wrote; null takes ours.</param>
    public static HandoffPacket Of(
        Conversation conversation, EscalationFacts facts, PolicyVerdict verdict, string? lastAttempt,
        string? summary = null) => new()
        {
            Customer = new PacketCustomer(
                facts.Customer.Id, facts.Customer.Tier, facts.Customer.Lookup == CustomerLookup.Found),
            Summary = summary ?? Summary(conversation, facts),
            Transcript = [.. conversation.Transcript.Skip(conversation.Transcript.Count - MostLines)],
            Reason = Reason(facts, verdict),
            Account = Account(conversation, facts),
            LastAttempt = lastAttempt ?? LastReply(conversation),
        };

    private static string Summary(Conversation conversation, EscalationFacts facts)
    {
        var said = FirstSentence(facts.Subject.Length > 0 ? facts.Subject : facts.Body);
        // Whoever opens it must not take it for everyday mail because of a guess at a matter.
        if (Has(facts, TriggerCatalog.SelfHarm)) return $"A customer may want to hurt themselves: {said}";
        var unsure = Has(facts, TriggerCatalog.LowTriageConfidence) ? ", perhaps about" : " about";
        var about = facts.Triage.Intent == TriageReading.None ? " about an unclear matter"
            : $"{unsure} {facts.Triage.Intent.Replace('_', ' ')}";
        var many = conversation.CustomerMessages > 1 ? $" after {conversation.CustomerMessages} messages" : "";
        return $"{Who(facts.Tone.Tone, facts.Customer.Tier)} writes{about}{many}: {said}";
    }

    /// <summary>Such as <c>An angry pro customer</c>.</summary>
    internal static string Who(string tone, string tier) =>
        $"{(tone is ['a' or 'e' or 'i' or 'o' or 'u', ..] ? "An" : "A")} {tone} {tier} customer";

    private static bool Has(EscalationFacts facts, string trigger) => facts.Triggers.Any(t => t.Name == trigger);

    private static string FirstSentence(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        var end = line.IndexOfAny(['.', '!', '?']);
        if (end > 0) line = line[..(end + 1)];
        return CutText.Of(line, SummaryCharacters, "…");
    }

    private static string Reason(EscalationFacts facts, PolicyVerdict verdict)
    {
        var triggers = facts.Triggers.Count == 0
            ? "no trigger"
            : string.Join("; ", facts.Triggers.Select(t => $"{t.Name} ({t.Detail})"));
        var rules = verdict.RulesMatched.Count == 0 ? "no rule" : "rule " + string.Join(", ", verdict.RulesMatched);
        var unanswered = facts.Unanswered.Count == 0 ? ""
            : $" Also asked, not answered: {string.Join(", ", facts.Unanswered)}.";
        return $"{verdict.DecidedBy} sent it to {EnumWords.Of(verdict.Route)}. Triggers: {triggers}. "
            + $"{Capital(rules)} matched.{unanswered}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static Dictionary<string, string> Account(Conversation conversation, EscalationFacts facts)
    {
        var account = new Dictionary<string, string>(facts.Customer.Account)
        {
            ["recent_tickets"] = facts.Customer.RecentTickets.ToString(),
        };
        foreach (var (name, value) in conversation.Fields) account[name] = value;
        foreach (var (name, value) in facts.Triage.Fields) account[name] = value;
        if (facts.OrderValue is { } order) account["order_value"] = order.ToString("0.##");
        return account;
    }

    private static string LastReply(Conversation conversation) =>
        conversation.LastReply is { } reply ? "Baton answered: " + FirstSentence(reply) : "Nothing was tried yet.";
}
