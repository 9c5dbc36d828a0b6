namespace Baton.Escalation.Triggers;

/// <summary>Triggers on how sure the reading of a turn is.</summary>
internal static class ConfidenceTriggers
{
    public static readonly IReadOnlyList<Trigger> All =
    [
        // The floors themselves are the playbook's thresholds; these triggers make them visible to rules.
        new("low_triage_confidence", StopsAutomation: true, Default: 0, Unit: "", input =>
            input.Facts.Triage.Confidence < input.Playbook.Thresholds.TriageConfidence
                ? input.Found($"triage confidence {input.Facts.Triage.Confidence:0.00} is under "
                    + $"{input.Playbook.Thresholds.TriageConfidence:0.00}", input.Facts.Triage.Confidence)
                : null),
        new("out_of_scope", StopsAutomation: true, Default: 0, Unit: "", input =>
            input.Facts.Triage.IsOutOfScope
                ? input.Found("the message fits no intent", input.Facts.Triage.OutOfScope)
                : null),
        new("model_says_person", StopsAutomation: true, Default: 0.85, Unit: "confidence, 0 to 1", input =>
            input.Facts.Opinion == "person" && input.Facts.OpinionConfidence >= input.Threshold
                ? input.Found($"a model would give it to a person (confidence {input.Facts.OpinionConfidence:0.00})",
                    input.Facts.OpinionConfidence)
                : null),
        new("model_unavailable", StopsAutomation: false, Default: 0, Unit: "", input =>
            input.Facts.ModelUnavailable ? input.Found("no model could be reached; the local tier decided") : null),
    ];
}
