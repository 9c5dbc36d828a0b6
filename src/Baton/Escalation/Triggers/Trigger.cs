using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation.Triggers;

/// <summary>Looks at the facts of a turn for one signal. Pure: facts in, a finding or nothing out.</summary>
public delegate TriggerFinding? TriggerLook(TriggerInput input);

/// <summary>A signal that a person may be needed: its row of <see cref="TriggerCatalog"/> and its function.</summary>
public sealed record Trigger(TriggerRow Row, TriggerLook Look)
{
    /// <summary>What it finds in the facts under a playbook, or null.</summary>
    internal TriggerFinding? On(Playbook playbook, EscalationFacts facts, SaidWords said)
    {
        var policy = playbook.Triggers.FirstOrDefault(t => t.Name == Row.Name);
        if (policy is { Enabled: false }) return null;
        var threshold = policy?.Threshold ?? Row.Threshold?.Default ?? 0;
        return Look(new TriggerInput(
            playbook, facts, threshold, policy?.Phrases ?? []) { Name = Row.Name, Said = said });
    }
}

/// <summary>What a trigger sees: the facts, the threshold in force and the playbook's further phrases.</summary>
public sealed record TriggerInput(
    Playbook Playbook, EscalationFacts Facts, double Threshold, IReadOnlyList<string> Phrases)
{
    public string Name { get; init; } = "";

    /// <summary>The words to notice.</summary>
    public required SaidWords Said { get; init; }

    /// <summary>A finding of this trigger.</summary>
    public TriggerFinding Found(string detail, double? value = null) =>
        new(Name, detail, value, value is null ? null : Threshold);
}
