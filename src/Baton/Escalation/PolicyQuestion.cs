using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation;

/// <summary>
/// The policy over the facts of one turn. What follows from the facts alone is worked out once; values and matches of
/// the rules come with each question, because counterfactuals ask the same with others.
/// </summary>
internal sealed class PolicyQuestion
{
    private readonly Playbook _playbook;
    private readonly EscalationFacts _facts;
    private readonly PolicyChoice? _beforeRules;
    private readonly PolicyChoice? _byTrigger;
    private readonly string? _stopping;
    private readonly double _completeness;

    public PolicyQuestion(Playbook playbook, EscalationFacts facts)
    {
        (_playbook, _facts, _byTrigger) = (playbook, facts, ByTrigger(playbook, facts.Triggers));
        foreach (var finding in facts.Triggers)
        {
            if (TriggerCatalog.Find(finding.Name) is not { } row) continue;
            if (row.StopsAutomation) _stopping ??= finding.Name;
            if (row.Route is { } route) _beforeRules ??= BeforeRules(playbook, finding.Name, route);
        }
        _completeness = DecisionConfidence.Completeness(playbook, facts);
    }

    /// <summary>
    /// What decides, with the confidence floor: an answer less sure than the playbook allows goes to a person.
    /// </summary>
    public (PolicyChoice Choice, double Confidence) Final(RuleFacts values, RuleMatches matches)
    {
        var choice = Of(values, matches);
        var confidence = Math.Round(
            DecisionConfidence.Of(_playbook, _facts, values, matches, choice, _completeness), 4);
        var floor = _playbook.Thresholds.DecisionConfidence;
        if (choice.Route != Route.Auto || confidence >= floor) return (choice, confidence);
        var low = Triggers.Triggers.OnConfidence(_playbook, _facts, confidence);
        var byTrigger = low is null ? null : ByTrigger(_playbook, [low]);
        return ((byTrigger ?? Scored(values)) with { Why =
            $"decision confidence {confidence:0.##} is under {floor:0.##}" }, confidence);
    }

    /// <summary>
    /// The first thing that decides, in this order: a life in danger, rules, triggers with an outcome, the intent's
    /// class, what forbids automation, a missing field, the answer, scored routing.
    /// </summary>
    private PolicyChoice Of(RuleFacts values, RuleMatches matches)
    {
        if (_beforeRules is not null) return _beforeRules;
        var byRule = ByRule(matches);
        if (byRule is { Route: not (Route.Auto or Route.Ask) }) return byRule;
        if (_byTrigger is not null) return _byTrigger;
        if (ByClass(values) is { } byClass) return byClass;
        if (Obstacle(values) is { } why) return Scored(values) with { Why = why };
        var choice = _facts.MissingFields.Count > 0 && !_facts.Accepted ? ForMissing(values)
            : byRule ?? PolicyChoice.Answer;
        // The answer itself is written first: it is the draft.
        var written = choice.Route == Route.Ask || _facts.Answer is not null;
        return _facts.Autonomy == AutonomyRung.Draft && written
            ? Scored(values) with { Why = "a person sends replies of this kind (autonomy draft)" }
            : choice;
    }

    /// <summary>Routing by pressure; the formula is on <see cref="RoutingPolicy"/>.</summary>
    private PolicyChoice Scored(RuleFacts values)
    {
        var routing = _playbook.Routing;
        var pressure = routing.UrgencyWeight * values.Number(RuleFields.Urgency)
            + routing.ComplexityWeight * values.Number(RuleFields.Complexity)
            + routing.UnhappinessWeight * (10 - values.Number(RuleFields.Sentiment));
        var route = pressure >= routing.L3From ? Route.L3
            : pressure >= routing.L2From || values.Number(RuleFields.CrossSystem) == 1 ? Route.L2
            : Route.L1;
        return new PolicyChoice(route, "routing", null, pressure);
    }

    private static PolicyChoice? ByRule(RuleMatches matches)
    {
        for (var i = 0; i < matches.Rules.Count; i++)
            if (matches.Holds(i) && matches.Rules[i] is { Then.Route: { } route } rule)
                return new PolicyChoice(route, rule.Name, rule.Then);
        return null;
    }

    /// <summary>The playbook may name the queue; the route and the priority are not its to lower.</summary>
    private static PolicyChoice BeforeRules(Playbook playbook, string trigger, Route route) =>
        new(route, "trigger " + trigger, new RuleOutcome(route, Priority.Urgent, playbook.Triggers
            .FirstOrDefault(t => t.Name == trigger)?.Then?.Queue));

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

    private PolicyChoice? ByClass(RuleFacts values)
    {
        if (values.Word(RuleFields.IntentClass) != "human") return null;
        // An unsure guess at a matter for people is no reason to interrupt one, and does not outweigh articles that
        // answer it surely.
        if (values.Number(RuleFields.TriageConfidence) < _facts.TriageFrom(_playbook)) return null;
        var intent = _playbook.FindIntent(values.Word(RuleFields.Intent) ?? "");
        var route = intent?.Route ?? Route.HumanNow;
        return new PolicyChoice(route, "class human", new RuleOutcome(route, null, intent?.Queue));
    }

    /// <summary>Why automation may not go on with this turn, or null.</summary>
    private string? Obstacle(RuleFacts values)
    {
        if (_stopping is not null) return _stopping;
        if (_facts.Autonomy == AutonomyRung.Off) return "a person answers this kind from the start (autonomy off)";
        if (_facts.Accepted) return NotReady;
        var floor = _facts.TriageFrom(_playbook);
        if (values.Number(RuleFields.TriageConfidence) < floor) return $"triage confidence under {floor}";
        if (values.Word(RuleFields.IntentClass) == "agent")
            return _facts.Acts ? NotReady : "the request needs several steps";
        if (_facts.Unanswered.Count > 0) return $"also asks about {string.Join(", ", _facts.Unanswered)}";
        return NotReady;
    }

    private string? NotReady => _facts.Answer is { Ready: false } answer ? answer.Problem ?? "no answer" : null;

    private PolicyChoice ForMissing(RuleFacts values) =>
        _facts.QuestionsAsked < _playbook.Limits.QuestionsPerConversation
            ? new PolicyChoice(Route.Ask, "missing " + _facts.MissingFields[0])
            : Scored(values) with { Why = $"asked {_facts.QuestionsAsked} times without an answer" };
}
