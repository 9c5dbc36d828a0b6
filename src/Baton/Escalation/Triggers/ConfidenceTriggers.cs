using Baton.Conversations.Findings;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation.Triggers;

/// <summary>Triggers on how sure the reading of a turn is.</summary>
internal static class ConfidenceTriggers
{
    public static readonly IReadOnlyDictionary<string, TriggerLook> All = new Dictionary<string, TriggerLook>
    {
        // The floors themselves are the playbook's thresholds; these triggers make them visible to rules.
        [TriggerCatalog.LowTriageConfidence] = input =>
            !input.Facts.Accepted && input.Facts.TriageFrom(input.Playbook) is var floor
                && input.Facts.Triage.Confidence < floor
                ? input.Found($"triage confidence {input.Facts.Triage.Confidence:0.00} is under {floor:0.00}",
                    input.Facts.Triage.Confidence)
                : null,
        ["out_of_scope"] = input =>
            !input.Facts.Accepted && input.Facts.Triage.IsOutOfScope
                ? input.Found("the message fits no intent", input.Facts.Triage.OutOfScope)
                : null,
        ["model_says_person"] = input =>
            input.Facts.Opinion == "person" && input.Facts.OpinionConfidence >= input.Threshold
                ? input.Found($"a model would give it to a person (confidence {input.Facts.OpinionConfidence:0.00})",
                    input.Facts.OpinionConfidence)
                : null,
        ["model_unavailable"] = input =>
            input.Facts.ModelUnavailable ? input.Found("no model could be reached; the local tier decided") : null,
        [TriggerCatalog.LowDecisionConfidence] = input =>
            input.Facts.DecisionConfidence is { } confidence
                && input.Playbook.Thresholds.DecisionConfidence is var floor && confidence < floor
                ? new TriggerFinding(
                    input.Name, $"decision confidence {confidence:0.00} is under {floor:0.00}", confidence, floor)
                : null,
    };
}
