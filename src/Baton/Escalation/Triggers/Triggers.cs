using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation.Triggers;

/// <summary>Every trigger of the product with its function, in the order of <see cref="TriggerCatalog.All"/>.</summary>
public static class Triggers
{
    private static readonly Dictionary<string, TriggerLook> Looks = new(
    [
        .. ConfidenceTriggers.All, .. MoodTriggers.All, .. WordTriggers.All, .. BusinessTriggers.All,
        .. LimitTriggers.All,
    ]);

    /// <summary>The rows of the catalogue that have a function: all of them, or the tests fail.</summary>
    public static readonly IReadOnlyList<Trigger> All =
    [
        .. TriggerCatalog.All.Where(row => Looks.ContainsKey(row.Name))
            .Select(row => new Trigger(row, Looks[row.Name])),
    ];

    private static readonly Trigger OfConfidence = All.Single(t => t.Row.Name == TriggerCatalog.LowDecisionConfidence);

    /// <summary>
    /// Functions without a row in the catalogue; a row or a function was misspelt when there are any.
    /// </summary>
    internal static IEnumerable<string> WithoutRow => Looks.Keys.Except(TriggerCatalog.Names);

    /// <summary>All findings on the facts, with the playbook's thresholds and phrases.</summary>
    public static IReadOnlyList<TriggerFinding> Evaluate(Playbook playbook, EscalationFacts facts) =>
        Evaluate(playbook, facts, new SaidWords(facts.Subject, facts.Noticed ?? facts.Body));

    /// <inheritdoc cref="Evaluate(Playbook, EscalationFacts)"/>
    /// <param name="said">The words of the same message, where others have looked at them already.</param>
    internal static IReadOnlyList<TriggerFinding> Evaluate(Playbook playbook, EscalationFacts facts, SaidWords said) =>
        [.. All.Select(trigger => trigger.On(playbook, facts, said)).OfType<TriggerFinding>()];

    /// <summary>Whether a trigger on words would fire, for whoever settles a turn before the others can look.</summary>
    internal static bool AnyOfWords(Playbook playbook, SaidWords said) => WordTriggers.AnyFires(playbook, said);

    /// <summary>The finding on a decision's confidence, which is known only after the others were looked at.</summary>
    internal static TriggerFinding? OnConfidence(Playbook playbook, EscalationFacts facts, double confidence) =>
        OfConfidence.On(playbook, facts with { DecisionConfidence = confidence }, NoWords);

    private static readonly SaidWords NoWords = new("", "");
}
