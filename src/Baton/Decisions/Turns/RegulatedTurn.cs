using Baton.Playbooks.Rules;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Decisions.Turns;

/// <summary>
/// Whether a rule or trigger flags the conversation as regulated. It is asked before each model call, on what is
/// known by then; what a customer wrote earlier counts on, so the flag never falls off again.
/// </summary>
internal static class RegulatedTurn
{
    public static bool Holds(Turn turn)
    {
        var rules = turn.Playbook.SkipRules.Concat(turn.Playbook.Rules).Where(r => r.Then.Regulated).ToList();
        var triggers = turn.Playbook.Triggers.Where(t => t.Then?.Regulated == true).Select(t => t.Name).ToHashSet();
        return rules.Count + triggers.Count > 0
            && turn.Earlier.Append(turn.Body).Any(text => Holds(turn, text, rules, triggers));
    }

    private static bool Holds(Turn turn, string text, List<EscalationRule> rules, HashSet<string> triggers)
    {
        var known = TurnFacts.Of(turn, turn.Findings);
        var facts = known with { Triage = turn.Findings.Triage ?? turn.Input.LocalTriage, Body = text };
        facts = facts with { Triggers = TriggerTable.Evaluate(turn.Playbook, facts) };
        if (facts.Triggers.Any(t => triggers.Contains(t.Name))) return true;
        var values = facts.ToRuleFacts();
        return rules.Any(r => r.When.Holds(values));
    }
}
