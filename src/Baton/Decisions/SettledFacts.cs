using Baton.Conversations;
using Baton.Customers;
using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Decisions;

/// <summary>Facts of a turn that was settled before all stages ran: what was not read is neutral.</summary>
internal static class SettledFacts
{
    public static EscalationFacts Of(Turn turn) => new()
    {
        Channel = turn.Conversation.Channel,
        Customer = turn.Gate?.Customer ?? turn.Conversation.Customer ?? new CustomerContext
        {
            Id = turn.Conversation.CustomerId, Lookup = CustomerLookup.Failed, Tier = turn.Playbook.CustomerTiers[^1],
        },
        Triage = turn.Triage ?? new TriageReading
        {
            Intent = "none", Class = IntentClass.Human, Category = "none", ProductArea = "none", Confidence = 0,
            Tier = "rules", Fields = turn.Conversation.Fields,
        },
        Tone = turn.Tone ?? new ToneReading { Sentiment = 5, Urgency = 5, Tone = "neutral" },
        Complexity = turn.Complexity ?? new ComplexityReading(1, false, []),
        Subject = turn.Subject,
        Body = turn.Body,
        Noticed = turn.Noticed,
        Turn = turn.Number,
    };
}
