using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Loading;

/// <summary>Reads lists of rules and what follows from them.</summary>
internal static class RuleReader
{
    /// <param name="settles">Whether a rule that holds ends the turn.</param>
    public static IReadOnlyList<EscalationRule> Read(
        IReadOnlyList<Section> sections, string kind, RuleVocabulary vocabulary, LoadState state, bool settles = false)
    {
        List<EscalationRule> rules = [];
        List<ReadRule> conditions = [];
        List<Located> names = [];
        foreach (var plain in sections)
        {
            var name = plain.RequiredLocated("name", "enterprise-urgent");
            Names.CheckShape(name, kind, state.Problems, hyphens: true);
            if (name is { } given) names.Add(given);
            var rule = name is null ? plain : plain.Called($"{kind} '{name}'");
            var when = ConditionReader.Read(rule, vocabulary);
            var read = new ReadRule(rule.What, when, HasCondition: true, rule.Located("when") ?? rule.Here);
            var then = rule.AsSection(rule.Required("then", "{ route: l2, priority: urgent }"), $"{rule.What}, then");
            var outcome = then is null ? null : Outcome(then, settles, state);
            if (when is not null && outcome is not null) rules.Add(new EscalationRule(name?.Text ?? "", when, outcome));
            // A rule that only flags decides nothing, so none comes behind it.
            var flags = outcome is { Regulated: true, Route: null, Priority: null, Queue: null };
            if (flags && settles)
            {
                state.Problems.Add(rule.Here,
                    $"{rule.What} settles the turn, but says nothing but 'regulated'; name a route, "
                    + "or make it a rule of escalation.yaml");
            }
            if (flags) Reachability.Check([read], vocabulary, state.Problems);
            else conditions.Add(read);
            rule.Close();
        }
        Names.CheckUnique(names, kind, state.Problems);
        Reachability.Check(conditions, vocabulary, state.Problems);
        return rules;
    }

    /// <summary>What a rule asks for, when the policy would use all of it.</summary>
    private static RuleOutcome Outcome(Section then, bool settles, LoadState state)
    {
        var outcome = Outcome(then, state);
        if (settles && outcome.Route is Route.Auto or Route.Ask)
            then.Problems.Add(then.Located("route") ?? then.Here,
                $"{then.What}: a skip rule decides before anything is read, "
                + $"so it cannot choose '{EnumWords.Of(outcome.Route.Value)}'; write l1, l2, l3 or human_now");
        if (!settles && outcome is { Route: null } and not { Priority: null, Queue: null })
            then.Problems.Add(then.Here,
                $"{then.What}: priority and queue of a rule without a route are never applied; "
                + "add a route, for example 'route: l1'");
        return outcome;
    }

    /// <summary>Route, priority, queue and flag; at least one of them.</summary>
    public static RuleOutcome Outcome(Section then, LoadState state)
    {
        var queue = then.Located("queue");
        state.Queues.Check(queue, then.What, state.Problems);
        var outcome = new RuleOutcome(then.Choice<Route>("route"), then.Choice<Priority>("priority"), queue?.Text,
            then.Flag("regulated", false));
        if (then.Entries.Count == 0)
        {
            state.Problems.Add(then.Here,
                $"{then.What}: nothing follows; name a route, a priority or a queue, or flag it regulated");
        }
        then.Close();
        return outcome;
    }
}
