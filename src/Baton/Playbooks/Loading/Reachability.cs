using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Loading;

/// <summary>A rule as far as its reachability goes. Without a condition it always applies.</summary>
/// <param name="When">Null when there is none or when it could not be read.</param>
internal sealed record ReadRule(string What, Condition? When, bool HasCondition, Located At);

/// <summary>
/// Finds rules that can never decide: contradictory in themselves, or behind rules that always win first.
/// </summary>
internal static class Reachability
{
    public static void Check(IReadOnlyList<ReadRule> rules, RuleVocabulary vocabulary, ProblemList problems)
    {
        List<ReadRule> earlier = [];
        ReadRule? always = null;
        foreach (var rule in rules)
        {
            if (rule.HasCondition && rule.When is null) continue;
            if (always is not null)
                problems.Add(rule.At, Behind(rule, $"{always.What} (line {always.At.Line}) always applies"));
            else if (rule.When is { } when && !Satisfiability.CanHold([when], [], vocabulary))
                problems.Add(rule.At,
                    $"{rule.What} can never apply: its condition '{when.Text}' contradicts itself; correct or remove it");
            else if (rule.When is { } reached
                && !Satisfiability.CanHold([reached], [.. earlier.Select(e => e.When!)], vocabulary))
                problems.Add(rule.At, Behind(rule, Winner(reached, earlier, vocabulary)));
            if (rule.When is null) always ??= rule;
            else earlier.Add(rule);
        }
    }

    private static string Behind(ReadRule rule, string why) =>
        $"{rule.What} can never be reached: {why}; move it up, narrow the earlier rule, or remove it";

    private static string Winner(Condition when, List<ReadRule> earlier, RuleVocabulary vocabulary)
    {
        var wider = earlier.Find(e => !Satisfiability.CanHold([when], [e.When!], vocabulary));
        return wider is null
            ? "the rules before it together apply whenever it would"
            : $"{wider.What} (line {wider.At.Line}) applies whenever it would";
    }
}
