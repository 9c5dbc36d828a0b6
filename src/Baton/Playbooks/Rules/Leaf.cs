using System.Buffers;
using System.Diagnostics;
using Baton.Text;

namespace Baton.Playbooks.Rules;

/// <summary>A condition without parts: one comparison.</summary>
internal abstract class Leaf(Comparison comparison) : Condition
{
    public Comparison Comparison => comparison;

    public override IReadOnlyList<Comparison> Comparisons { get; } = [comparison];

    internal override bool? Judge(RuleFacts facts) => facts.Knows(comparison.Field) ? Holds(facts) : null;
}

/// <summary>A number field held against one number.</summary>
internal sealed class NumberLeaf(Comparison comparison) : Leaf(comparison)
{
    private readonly RuleField _field = comparison.Field;
    private readonly string _operator = comparison.Operator;
    private readonly double _value = comparison.Values[0].Number;

    public override bool Holds(RuleFacts facts)
    {
        var number = facts.Number(_field);
        if (double.IsNaN(number)) return false;
        return _operator switch
        {
            "==" => number == _value,
            "!=" => number != _value,
            "<" => number < _value,
            "<=" => number <= _value,
            ">" => number > _value,
            ">=" => number >= _value,
            _ => throw new UnreachableException(_operator),
        };
    }
}

/// <summary>A number field held against a list.</summary>
internal sealed class NumberListLeaf(Comparison comparison) : Leaf(comparison)
{
    private readonly double[] _values = [.. comparison.Values.Select(v => v.Number)];
    private readonly bool _wanted = comparison.Operator == "in";

    public override bool Holds(RuleFacts facts)
    {
        var number = facts.Number(Comparison.Field);
        return !double.IsNaN(number) && Array.IndexOf(_values, number) >= 0 == _wanted;
    }
}

/// <summary>A word field held against one word or a list.</summary>
internal sealed class WordLeaf(Comparison comparison) : Leaf(comparison)
{
    private readonly string[] _words = [.. comparison.Values.Select(v => v.Word!)];
    private readonly bool _wanted = comparison.Operator is "==" or "in";

    public override bool Holds(RuleFacts facts)
    {
        if (facts.Word(Comparison.Field) is not { } word) return false;
        foreach (var candidate in _words)
        {
            if (string.Equals(candidate, word, StringComparison.OrdinalIgnoreCase)) return _wanted;
        }
        return !_wanted;
    }
}

/// <summary>A flag that stands alone.</summary>
internal sealed class FlagLeaf(Comparison comparison) : Leaf(comparison)
{
    private readonly RuleField _field = comparison.Field;

    public override bool Holds(RuleFacts facts) => facts.Number(_field) == 1;
}

/// <summary>A phrase looked for in a text, both folded.</summary>
internal sealed class TextLeaf(Comparison comparison) : Leaf(comparison)
{
    private readonly SearchValues<string> _phrase =
        SearchValues.Create([FoldedText.Of(comparison.Values[0].Word!)], StringComparison.OrdinalIgnoreCase);
    private readonly bool _wanted = comparison.Operator == "in";

    public override bool Holds(RuleFacts facts) =>
        facts.Word(Comparison.Field) is { } text
        && text.AsSpan().ContainsAny(_phrase) == _wanted;
}
