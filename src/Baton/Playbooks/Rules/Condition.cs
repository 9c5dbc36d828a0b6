namespace Baton.Playbooks.Rules;

/// <summary>A parsed rule condition. Parsed once, evaluated without allocation.</summary>
public abstract class Condition
{
    /// <summary>The condition as written.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it holds. A comparison with a value that is not known is false.</summary>
    public abstract bool Holds(RuleFacts facts);

    /// <summary>Whether it holds; null when a value that is not known decides it.</summary>
    internal virtual bool? Judge(RuleFacts facts) => Holds(facts);

    /// <summary>Every comparison in the tree, for counterfactuals and for finding unreachable rules.</summary>
    public abstract IReadOnlyList<Comparison> Comparisons { get; }
}

/// <summary>One comparison of a field with constants.</summary>
public sealed record Comparison(RuleField Field, string Operator, IReadOnlyList<RuleValue> Values);

/// <summary>A constant of the rule language: a number, a word (also for flags: <c>true</c>) .</summary>
public readonly record struct RuleValue(double Number, string? Word);
