using System.Runtime.CompilerServices;
using Baton.Playbooks.Rules;

namespace Baton.Escalation;

/// <summary>Which rules hold: each is asked once, and again only when a value changes that it names.</summary>
internal sealed class RuleMatches
{
    /// <summary>
    /// For every field the rules that name it; prepared once per list of rules and forgotten with it.
    /// </summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<EscalationRule>, int[][]> Naming = [];

    private readonly bool[] _holds;

    private RuleMatches(IReadOnlyList<EscalationRule> rules, bool[] holds) => (Rules, _holds) = (rules, holds);

    public IReadOnlyList<EscalationRule> Rules { get; }

    /// <summary>Every rule asked.</summary>
    public static RuleMatches Of(IReadOnlyList<EscalationRule> rules, RuleFacts values)
    {
        var holds = new bool[rules.Count];
        for (var i = 0; i < holds.Length; i++) holds[i] = rules[i].When.Holds(values);
        return new RuleMatches(rules, holds);
    }

    /// <summary>As if no rule held.</summary>
    public static RuleMatches None(IReadOnlyList<EscalationRule> rules) => new(rules, new bool[rules.Count]);

    /// <summary>Whether any rule names the field.</summary>
    public static bool Name(IReadOnlyList<EscalationRule> rules, RuleField field) => By(rules, field).Length > 0;

    /// <summary>Whether the rule at that place holds.</summary>
    public bool Holds(int index) => _holds[index];

    /// <summary>The matches after one value has changed.</summary>
    public RuleMatches Again(RuleField field, RuleFacts changed)
    {
        bool[]? holds = null;
        foreach (var i in By(Rules, field))
        {
            if (Rules[i].When.Holds(changed) == _holds[i]) continue;
            holds ??= [.. _holds];
            holds[i] = !holds[i];
        }
        return holds is null ? this : new RuleMatches(Rules, holds);
    }

    private static int[] By(IReadOnlyList<EscalationRule> rules, RuleField field) =>
        Naming.GetValue(rules, Prepare)[field.Index];

    private static int[][] Prepare(IReadOnlyList<EscalationRule> rules)
    {
        var naming = RuleFields.All.Select(_ => new SortedSet<int>()).ToList();
        for (var i = 0; i < rules.Count; i++)
            foreach (var comparison in rules[i].When.Comparisons) naming[comparison.Field.Index].Add(i);
        return [.. naming.Select(places => places.ToArray())];
    }
}
