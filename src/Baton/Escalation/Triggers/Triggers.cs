using Baton.Conversations;

namespace Baton.Escalation.Triggers;

/// <summary>Every trigger of the product, in the order they are reported.</summary>
public static class Triggers
{
    public static readonly IReadOnlyList<Trigger> All =
    [
        .. ConfidenceTriggers.All, .. MoodTriggers.All, .. WordTriggers.All, .. BusinessTriggers.All,
        .. LimitTriggers.All,
    ];

    private static readonly Dictionary<string, Trigger> ByName = All.ToDictionary(t => t.Name);

    /// <summary>The trigger of that name, or null.</summary>
    public static Trigger? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>All findings on the facts, with the playbook's thresholds and phrases.</summary>
    public static IReadOnlyList<TriggerFinding> Evaluate(Playbooks.Playbook playbook, EscalationFacts facts)
    {
        var found = new List<TriggerFinding>();
        var words = new Lazy<IReadOnlyList<string>>(() => CustomerWords.Of(facts.Subject, facts.Body));
        foreach (var trigger in All)
        {
            var policy = playbook.Triggers.FirstOrDefault(t => t.Name == trigger.Name);
            if (policy is { Enabled: false }) continue;
            var input = new TriggerInput(playbook, facts, policy?.Threshold ?? trigger.Default, policy?.Phrases ?? [])
            {
                Name = trigger.Name, Words = words,
            };
            if (trigger.Look(input) is { } finding) found.Add(finding);
        }
        return found;
    }
}
