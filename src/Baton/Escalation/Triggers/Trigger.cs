using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Escalation.Triggers;

/// <summary>A signal that a person may be needed. Pure: facts in, a finding or nothing out.</summary>
/// <param name="Name">One of <see cref="RuleFields.TriggerNames"/>.</param>
/// <param name="StopsAutomation">Whether automation may not answer while it fires, even without an outcome.</param>
/// <param name="Default">Threshold when the playbook gives none; 0 when the trigger has no number.</param>
/// <param name="Look">Gets the facts, the threshold in force and the playbook's further phrases.</param>
public sealed record Trigger(
    string Name, bool StopsAutomation, double Default, string Unit,
    Func<TriggerInput, TriggerFinding?> Look);

/// <summary>What a trigger sees.</summary>
public sealed record TriggerInput(
    Playbook Playbook, EscalationFacts Facts, double Threshold, IReadOnlyList<string> Phrases)
{
    public string Name { get; init; } = "";

    /// <summary>The customer's own words, split once for all triggers.</summary>
    public required Lazy<IReadOnlyList<string>> Words { get; init; }

    /// <summary>A finding of this trigger.</summary>
    public TriggerFinding Found(string detail, double? value = null) =>
        new(Name, detail, value, value is null ? null : Threshold);
}
