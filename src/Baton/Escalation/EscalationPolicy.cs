using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation;

/// <summary>From facts to a decision. Pure: no clock, no I/O, the same facts always give the same verdict.</summary>
public static class EscalationPolicy
{
    /// <summary>The verdict, with the steps that led to it.</summary>
    public static PolicyVerdict Evaluate(Playbook playbook, EscalationFacts facts)
    {
        var values = facts.ToRuleFacts();
        var question = new PolicyQuestion(playbook, facts);
        SetConfidenceWithoutRules(playbook, facts, question, values);
        var matches = RuleMatches.Of(playbook.Rules, values);
        var matched = playbook.Rules.Where((_, i) => matches.Holds(i)).ToList();
        var (choice, confidence) = question.Final(values, matches);
        var steps = Explain(playbook, facts, matched, choice, confidence);
        if (Triggers.Triggers.OnConfidence(playbook, facts, confidence) is { } low)
            facts = facts with { Triggers = [.. facts.Triggers, low] };
        return Verdict(playbook, facts, values, matched, choice, confidence, steps);
    }

    /// <summary>Rules may ask for the decision's confidence: they see what it would be without them.</summary>
    private static void SetConfidenceWithoutRules(
        Playbook playbook, EscalationFacts facts, PolicyQuestion question, RuleFacts values)
    {
        var low = RuleFields.Trigger(TriggerCatalog.LowDecisionConfidence);
        if (!RuleMatches.Name(playbook.Rules, RuleFields.DecisionConfidence) && !RuleMatches.Name(playbook.Rules, low))
            return;
        var (_, confidence) = question.Final(values, RuleMatches.None(playbook.Rules));
        values.Set(RuleFields.DecisionConfidence, confidence)
            .Set(low, Triggers.Triggers.OnConfidence(playbook, facts, confidence) is not null);
    }

    private static PolicyVerdict Verdict(
        Playbook playbook, EscalationFacts facts, RuleFacts values, IReadOnlyList<EscalationRule> matched,
        PolicyChoice choice, double confidence, IReadOnlyList<string> steps)
    {
        var toPerson = choice.Route is not (Route.Auto or Route.Ask);
        return new PolicyVerdict
        {
            Route = choice.Route,
            Queue = toPerson ? QueueOf(playbook, values, choice) : null,
            Priority = PriorityOf(playbook, facts, values, choice),
            Confidence = confidence,
            NeedsReview = confidence < playbook.Thresholds.DecisionConfidence,
            Reasoning = Reason(facts, choice),
            DecidedBy = choice.By,
            RulesMatched = [.. matched.Select(r => r.Name)],
            Triggers = facts.Triggers,
            Steps = steps,
        };
    }

    private static string QueueOf(Playbook playbook, RuleFacts values, PolicyChoice choice)
    {
        if (choice.Outcome?.Queue is { } named) return named;
        var intent = playbook.FindIntent(values.Word(RuleFields.Intent) ?? "");
        if (choice.Route == Route.L1 && intent?.Queue is { } ofIntent) return ofIntent;
        return playbook.Routing.Queues.TryGetValue(choice.Route, out var queue) ? queue : playbook.Queues[0].Name;
    }

    private static Priority PriorityOf(
        Playbook playbook, EscalationFacts facts, RuleFacts values, PolicyChoice choice)
    {
        var urgency = values.Number(RuleFields.Urgency);
        var priority = Priority.Low;
        foreach (var (level, from) in playbook.Routing.PriorityFromUrgency)
            if (urgency >= from && level > priority) priority = level;
        if (choice.Outcome?.Priority is { } asked && asked > priority) priority = asked;
        foreach (var finding in facts.Triggers)
        {
            var wanted = playbook.Triggers.FirstOrDefault(t => t.Name == finding.Name)?.Then?.Priority;
            if (wanted > priority) priority = wanted.Value;
        }
        return choice.Route is Route.Auto or Route.Ask && priority < Priority.Normal ? Priority.Normal : priority;
    }

    private static List<string> Explain(
        Playbook playbook, EscalationFacts facts, IReadOnlyList<EscalationRule> matched, PolicyChoice choice,
        double confidence)
    {
        var pressure = choice.Pressure is { } p ? $", pressure {Number(p)}" : "";
        return
        [
            facts.Triggers.Count == 0
                ? "no trigger fired"
                : "triggers: " + string.Join(", ", facts.Triggers.Select(t => t.Name)),
            matched.Count == 0
                ? $"none of {playbook.Rules.Count} rules matched"
                : "rules matched: " + string.Join(", ", matched.Select(r => r.Name)),
            $"{choice.By} chose {EnumWords.Of(choice.Route)}{pressure}{(choice.Why is null ? "" : $": {choice.Why}")}",
            $"confidence {Number(confidence)}",
        ];
    }

    private static string Reason(EscalationFacts facts, PolicyChoice choice)
    {
        var mood = $"{Level(facts.Tone.Urgency)} urgency, {Level(facts.Complexity.Score)} complexity, "
            + (facts.Complexity.CrossSystem ? "several systems involved" : "no cross-system dependency");
        return choice.By switch
        {
            "answer" => $"{facts.Triage.Intent} can be answered: {mood}",
            "routing" => choice.Why is null ? mood : $"{choice.Why}; {mood}",
            _ => $"{choice.By}: {mood}",
        };
    }

    /// <summary>A scale value in words: 1–3 low, 4–6 moderate, 7–8 high, 9–10 extreme.</summary>
    private static string Level(int value) => value switch
    {
        <= 3 => "low",
        <= 6 => "moderate",
        <= 8 => "high",
        _ => "extreme",
    };

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
