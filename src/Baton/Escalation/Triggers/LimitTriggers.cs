namespace Baton.Escalation.Triggers;

/// <summary>Triggers on the borders of what automation may handle.</summary>
internal static class LimitTriggers
{
    public static readonly IReadOnlyDictionary<string, TriggerLook> All = new Dictionary<string, TriggerLook>
    {
        ["unsupported_language"] = input =>
            input.Facts.Triage.Language is not "und" and var language
                && !input.Playbook.Brand.Languages.Contains(language)
                ? input.Found($"language {language}; answers exist in "
                    + string.Join(", ", input.Playbook.Brand.Languages))
                : null,
        ["instruction_attempt"] = input =>
            input.Facts.InstructionKind is not null && input.Facts.InstructionScore >= input.Threshold
                ? input.Found($"the text tries to instruct the machine ({input.Facts.InstructionKind})",
                    input.Facts.InstructionScore)
                : null,
        ["cost_ceiling"] = input =>
        {
            var ceiling = input.Playbook.Limits.ExpectedCostUsd * (decimal)input.Playbook.Limits.CostCeilingTimes;
            return input.Facts.CostUsd > ceiling
                ? input.Found($"{input.Facts.CostUsd:0.####} USD spent, the ceiling is {ceiling:0.####}",
                    (double)input.Facts.CostUsd)
                : input.Facts.CostStopped ? input.Found("the ticket's budget for models is used up") : null;
        },
        ["turn_limit"] = input =>
            input.Facts.Turn > input.Playbook.Limits.TurnsPerConversation
                ? input.Found($"turn {input.Facts.Turn}, automation handles "
                    + $"{input.Playbook.Limits.TurnsPerConversation}", input.Facts.Turn)
                : null,
        ["message_too_long"] = input =>
            input.Facts.Truncated
                ? input.Found($"{input.Facts.MessageCharacters} characters, read up to "
                    + $"{input.Playbook.Limits.MessageCharacters}", input.Facts.MessageCharacters)
                : null,
    };
}
