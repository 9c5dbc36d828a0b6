using Baton.Testing;

namespace Baton.Tests.Decisions.Desks;

/// <summary>A playbook whose intents are far apart, so that what a test writes is recognised without doubt.</summary>
internal static class DeskPlaybook
{
    public const string AsksForOrder = "where is my order, has my parcel shipped yet";

    public const string AsksForReturns = "how long do I have to return something";

    public const string WantsChange = "please change the size in my order";

    public static PlaybookFiles Files() => new PlaybookFiles()
        .Replace("playbook.yaml", "triage_confidence: 0.70", "triage_confidence: 0.05\n  decision_confidence: 0.05")
        .Replace("intents/order_status.yaml", "  - has my parcel shipped yet\n", """
              - has my parcel shipped yet
              - where is my order, has my parcel shipped yet
              - track my parcel please
              - when will my parcel arrive
              - my parcel has not arrived yet, where is it
              - status of my order and parcel

            """)
        .With("intents/return_policy.yaml", """
            name: return_policy
            class: knowledge
            description: How long and how to return
            category: returns
            product_area: returns
            articles: [returns]
            examples:
              - can I send this back
              - how long do I have to return something
              - how many days do I have to return a purchase
              - what is your return policy
              - may I return something I bought
              - how do returns work and how long do they take

            """)
        .With("knowledge/returns.md", """
            ---
            title: Returning something
            tags: [returns]
            ---
            ## How long you have to return something
            You have 30 days to return something. You can send things back within 30 days of the day your parcel arrived.

            """);
}
