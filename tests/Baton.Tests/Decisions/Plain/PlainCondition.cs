using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Tests.Decisions.Plain;

/// <summary>
/// A condition evaluated the plain way: the tree is walked and every comparison made from its words, each time.
/// </summary>
internal sealed class PlainCondition(Condition condition) : Condition
{
    public override IReadOnlyList<Comparison> Comparisons => condition.Comparisons;

    public override bool Holds(RuleFacts facts) => Holds(condition, facts);

    /// <summary>A playbook whose rules are evaluated so.</summary>
    public static Playbook Of(Playbook playbook) => playbook with
    {
        Rules = [.. playbook.Rules.Select(r => r with { When = new PlainCondition(r.When) { Text = r.When.Text } })],
    };

    private static bool Holds(Condition part, RuleFacts facts) => part switch
    {
        AllOf all => all.Parts.All(p => Holds(p, facts)),
        AnyOf any => any.Parts.Any(p => Holds(p, facts)),
        Not not => !Holds(not.Part, facts),
        _ => part.Comparisons is [var comparison] ? Holds(comparison, facts)
        : throw new ArgumentException(part.Text, nameof(part)),
    };

    private static bool Holds(Comparison comparison, RuleFacts facts)
    {
        var (number, word) = (facts.Number(comparison.Field), facts.Word(comparison.Field));
        return comparison.Field.Kind switch
        {
            RuleFieldKind.Text => word is not null
                && word.Contains(comparison.Values[0].Word!, StringComparison.OrdinalIgnoreCase) == (
                    comparison.Operator == "in"),
            RuleFieldKind.Word => word is not null
                && comparison.Values.Any(v => string.Equals(v.Word, word, StringComparison.OrdinalIgnoreCase))
                    == comparison.Operator is "==" or "in",
            RuleFieldKind.Flag => number == 1,
            _ => !double.IsNaN(number) && Compare(comparison, number),
        };
    }

    private static bool Compare(Comparison comparison, double number) => comparison.Operator switch
    {
        "==" or "in" => comparison.Values.Any(v => v.Number == number),
        "!=" or "not in" => comparison.Values.All(v => v.Number != number),
        "<" => number < comparison.Values[0].Number,
        "<=" => number <= comparison.Values[0].Number,
        ">" => number > comparison.Values[0].Number,
        ">=" => number >= comparison.Values[0].Number,
        _ => throw new ArgumentException(comparison.Operator, nameof(comparison)),
    };
}
