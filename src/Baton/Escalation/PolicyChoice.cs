using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Escalation;

/// <summary>A route and what chose it. <paramref name="Pressure"/> is set when scored routing did.</summary>
internal sealed record PolicyChoice(
    Route Route, string By, RuleOutcome? Outcome = null, double? Pressure = null, string? Why = null)
{
    /// <summary>What decides, with the confidence floor: an answer less sure than the playbook allows goes to a person.</summary>
    public static (PolicyChoice Choice, double Confidence) Final(Playbook playbook, EscalationFacts facts, RuleFacts values)
    {
        var choice = Of(playbook, facts, values);
        var confidence = Math.Round(DecisionConfidence.Of(playbook, facts, values, choice), 4);
        var floor = playbook.Thresholds.DecisionConfidence;
        if (choice.Route != Route.Auto || confidence >= floor) return (choice, confidence);
        var why = $"decision confidence {confidence:0.##} is under {floor:0.##}";
        return Triggers.Triggers.OnConfidence(playbook, facts, confidence) is { } low && ByTrigger(playbook, [low]) is { } byTrigger
            ? (byTrigger with { Why = why }, confidence)
            : (Scored(playbook.Routing, values) with { Why = why }, confidence);
    }

    /// <summary>
    /// The first thing that decides, in this order: rules, triggers with an outcome, the intent's class, what forbids
    /// automation, a missing field, the answer, scored routing.
    /// </summary>
    public static PolicyChoice Of(Playbook playbook, EscalationFacts facts, RuleFacts values)
    {
        var byRule = ByRule(playbook, values);
        if (byRule is { Route: not (Route.Auto or Route.Ask) }) return byRule;
        if (ByTrigger(playbook, facts.Triggers) is { } byTrigger) return byTrigger;
        if (ByClass(playbook, values) is { } byClass) return byClass;
        if (Obstacle(playbook, facts, values) is { } why) return Scored(playbook.Routing, values) with { Why = why };
        if (facts.MissingFields.Count > 0) return ForMissing(playbook, facts, values);
        return byRule ?? new PolicyChoice(Route.Auto, "answer");
    }

    /// <summary>Routing by pressure; the formula is on <see cref="RoutingPolicy"/>.</summary>
    public static PolicyChoice Scored(RoutingPolicy routing, RuleFacts values)
    {
        var pressure = routing.UrgencyWeight * values.Number(RuleFields.Urgency)
            + routing.ComplexityWeight * values.Number(RuleFields.Complexity)
            + routing.UnhappinessWeight * (10 - values.Number(RuleFields.Sentiment));
        var route = pressure >= routing.L3From ? Route.L3
            : pressure >= routing.L2From || values.Number(RuleFields.CrossSystem) == 1 ? Route.L2
            : Route.L1;
        return new PolicyChoice(route, "routing", null, pressure);
    }

    private static PolicyChoice? ByRule(Playbook playbook, RuleFacts values)
    {
        foreach (var rule in playbook.Rules)
            if (rule.Then.Route is { } route && rule.When.Holds(values))
                return new PolicyChoice(route, rule.Name, rule.Then);
        return null;
    }

    private static PolicyChoice? ByTrigger(Playbook playbook, IReadOnlyList<TriggerFinding> findings)
    {
        PolicyChoice? strongest = null;
        foreach (var finding in findings)
        {
            var outcome = playbook.Triggers.FirstOrDefault(t => t.Name == finding.Name)?.Then;
            if (outcome?.Route is { } route and not (Route.Auto or Route.Ask)
                && (strongest is null || route > strongest.Route))
                strongest = new PolicyChoice(route, "trigger " + finding.Name, outcome);
        }
        return strongest;
    }

    private static PolicyChoice? ByClass(Playbook playbook, RuleFacts values)
    {
        if (values.Word(RuleFields.IntentClass) != "human") return null;
        var intent = playbook.FindIntent(values.Word(RuleFields.Intent) ?? "");
        var route = intent?.Route ?? Route.HumanNow;
        return new PolicyChoice(route, "class human", new RuleOutcome(route, null, intent?.Queue));
    }

    /// <summary>Why automation may not go on with this turn, or null.</summary>
    private static string? Obstacle(Playbook playbook, EscalationFacts facts, RuleFacts values)
    {
        foreach (var finding in facts.Triggers)
            if (TriggerCatalog.Find(finding.Name) is { StopsAutomation: true }) return finding.Name;
        var floor = playbook.Thresholds.TriageConfidence;
        if (values.Number(RuleFields.TriageConfidence) < floor) return $"triage confidence under {floor}";
        if (values.Word(RuleFields.IntentClass) == "agent") return "the request needs several steps";
        return facts.Answer is { Ready: false } answer ? answer.Problem ?? "no answer" : null;
    }

    private static PolicyChoice ForMissing(Playbook playbook, EscalationFacts facts, RuleFacts values) =>
        facts.QuestionsAsked < playbook.Limits.QuestionsPerConversation
            ? new PolicyChoice(Route.Ask, "missing " + facts.MissingFields[0])
            : Scored(playbook.Routing, values) with { Why = $"asked {facts.QuestionsAsked} times without an answer" };
}
