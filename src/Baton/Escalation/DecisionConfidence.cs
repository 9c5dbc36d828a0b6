using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Escalation;

/// <summary>
/// How sure a decision is, from evidence only:
/// <c>0.50·triage + 0.25·certainty + 0.15·agreement + 0.10·completeness</c> for routes to people and
/// <c>0.40·triage + 0.35·answer + 0.15·agreement + 0.10·completeness</c> for an automatic answer.
/// </summary>
/// <remarks>
/// <para>certainty: 1 when a rule or trigger decided; else 0.5 for a pressure on a routing boundary, rising to 1 at 3
/// points from it. agreement: share of matched rules that want the same route, 0.5 when none matched.
/// completeness: share of the intent's required fields that are known. answer: relevance of the sources.</para>
/// <para>It is an ordering with a floor, not a probability of being right: see docs/decision-confidence.md.</para>
/// </remarks>
internal static class DecisionConfidence
{
    private const double PointsToCertain = 3;

    public static double Of(
        Playbook playbook, EscalationFacts facts, RuleFacts values, RuleMatches matches, PolicyChoice choice,
        double completeness)
    {
        // How probably the reply is right was judged with everything else in view.
        if (choice.Route == Route.Auto && facts is { Accepted: true, AnswerProbability: { } probability })
            return facts.Answer?.Relevance ?? probability;
        var triage = values.Number(RuleFields.TriageConfidence);
        var agreement = Agreement(matches, choice.Route);
        var rest = 0.15 * agreement + 0.10 * completeness;
        return choice.Route == Route.Auto
            ? 0.40 * triage + 0.35 * (facts.Answer is null ? 1 : values.Number(RuleFields.AnswerRelevance)) + rest
            : 0.50 * triage + 0.25 * Certainty(playbook.Routing, choice) + rest;
    }

    private static double Certainty(RoutingPolicy routing, PolicyChoice choice)
    {
        if (choice.Pressure is not { } pressure) return 1;
        var distance = Math.Min(Math.Abs(pressure - routing.L2From), Math.Abs(pressure - routing.L3From));
        return 0.5 + 0.5 * Math.Min(1, distance / PointsToCertain);
    }

    private static double Agreement(RuleMatches matches, Route route)
    {
        int same = 0, all = 0;
        for (var i = 0; i < matches.Rules.Count; i++)
        {
            if (!matches.Holds(i) || matches.Rules[i].Then.Route is not { } wanted) continue;
            all++;
            if (wanted == route) same++;
        }
        return all == 0 ? 0.5 : (double)same / all;
    }

    /// <summary>Share of the intent's required fields that are known.</summary>
    public static double Completeness(Playbook playbook, EscalationFacts facts)
    {
        var required = playbook.FindIntent(facts.Triage.Intent)?.RequiredFields.Count ?? 0;
        return required == 0 ? 1 : 1 - (double)facts.MissingFields.Count / required;
    }
}
