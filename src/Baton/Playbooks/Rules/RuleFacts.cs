using Baton.Text;

namespace Baton.Playbooks.Rules;

/// <summary>What kind of value a field holds.</summary>
public enum RuleFieldKind
{
    Number,

    /// <summary>One of a closed or open set of words, compared without case.</summary>
    Word,

    /// <summary>True or false; stands alone in a condition.</summary>
    Flag,

    /// <summary>Free text; only <c>"phrase" in field</c> applies, without case.</summary>
    Text,
}

/// <summary>A field that conditions may name.</summary>
/// <param name="Step">Smallest change of a number that means anything (1 for scales, 0.01 for confidences).</param>
public sealed record RuleField(int Index, string Name, RuleFieldKind Kind, string Description, double Step = 1)
{
    /// <summary>Smallest number the field can hold.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number the field can hold.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    public override string ToString() => Name;
}

/// <summary>The values a condition is evaluated on. Unset means not known.</summary>
public sealed class RuleFacts
{
    private readonly double[] _numbers;
    private readonly string?[] _words;

    public RuleFacts() : this(RuleFields.All.Count) { }

    /// <summary>Facts over fields of one's own.</summary>
    /// <param name="fields">How many there are; their indexes are below it.</param>
    internal RuleFacts(int fields)
    {
        (_numbers, _words) = (new double[fields], new string?[fields]);
        Array.Fill(_numbers, double.NaN);
    }

    /// <summary>Whether it has a value.</summary>
    internal bool Knows(RuleField field) => !double.IsNaN(_numbers[field.Index]) || _words[field.Index] is not null;

    /// <summary>The number, 0 or 1 for flags, NaN when not known.</summary>
    public double Number(RuleField field) => _numbers[field.Index];

    public string? Word(RuleField field) => _words[field.Index];

    public RuleFacts Set(RuleField field, double value)
    {
        _numbers[field.Index] = value;
        return this;
    }

    public RuleFacts Set(RuleField field, bool value) => Set(field, value ? 1 : 0);

    public RuleFacts Set(RuleField field, string? value)
    {
        // Folded once here, so that no way of writing a word slips past the rules about it.
        _words[field.Index] = value is not null && field.Kind == RuleFieldKind.Text ? FoldedText.Of(value) : value;
        return this;
    }
}
