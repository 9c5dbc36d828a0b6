using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Triage;

/// <summary>Rules that settle a turn before any model runs.</summary>
internal static class SkipRules
{
    /// <summary>The first rule that holds, or null.</summary>
    public static EscalationRule? Find(Playbook playbook, RuleFacts facts)
    {
        foreach (var rule in playbook.SkipRules)
            if (rule.When.Holds(facts)) return rule;
        return null;
    }
}
