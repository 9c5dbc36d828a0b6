using System.Globalization;

namespace Baton.Playbooks.Rules;

/// <summary>
/// Checks that a comparison fits the type and the words of its field; each error says what to write instead.
/// </summary>
internal sealed class ComparisonCheck(RuleVocabulary vocabulary, List<RuleError> errors)
{
    /// <summary>The flag a lone word names, or null after reporting.</summary>
    public RuleField? Flag(RuleToken name)
    {
        if (Field(name) is not { } field) return null;
        return field.Kind switch
        {
            RuleFieldKind.Flag => field,
            RuleFieldKind.Number =>
                Fail(name, $"'{field}' is a number; compare it, for example '{field} >= {Sample(field)}'"),
            RuleFieldKind.Word =>
                Fail(name, $"'{field}' is a word; compare it, for example '{field} == {SampleWord(field)}'"),
            _ => Fail(name, $"'{field}' is a text; write '\"phrase\" in {field}'"),
        };
    }

    /// <summary>The text field that is searched, or null after reporting.</summary>
    public RuleField? TextSearch(RuleToken phrase, RuleToken name)
    {
        if (Field(name) is not { } field) return null;
        if (field.Kind != RuleFieldKind.Text)
            return Fail(name, $"'{field}' is not a text; only 'subject' and 'body' can be searched");
        return phrase.Text.Length > 0 ? field
            : Fail(phrase, "an empty phrase is in every text; write the phrase to look for");
    }

    /// <summary>The comparison, or null after reporting.</summary>
    public Comparison? Comparison(
        RuleToken name, RuleToken operatorToken, string @operator, IReadOnlyList<RuleToken> values)
    {
        if (Field(name) is not { } field) return null;
        return field.Kind switch
        {
            RuleFieldKind.Number => Numbers(field, operatorToken, @operator, values),
            RuleFieldKind.Word => Words(field, operatorToken, @operator, values),
            RuleFieldKind.Flag =>
                FailComparison(name, $"'{field}' is a flag and stands alone: write '{field}' or 'not {field}'"),
            _ => FailComparison(name, $"'{field}' is a text; write '\"phrase\" in {field}'"),
        };
    }

    private Comparison? Numbers(RuleField field, RuleToken at, string @operator, IReadOnlyList<RuleToken> values)
    {
        foreach (var value in values)
        {
            if (value.Kind != RuleTokenKind.Number)
                return FailComparison(
                    value, $"'{field}' is a number ({field.Description}); compare it with one, such as {Sample(field)}, not with '{value.Text}'");
        }
        var comparison = new Comparison(field, @operator, [.. values.Select(v => new RuleValue(v.Number, null))]);
        if (NumberSet.Of(comparison).IsEmpty)
            return FailComparison(
                at, $"'{field} {@operator} {Text(values)}' never holds: '{field}' is {RangeOf(field)}");
        return comparison;
    }

    private Comparison? Words(RuleField field, RuleToken at, string @operator, IReadOnlyList<RuleToken> values)
    {
        if (@operator is "<" or "<=" or ">" or ">=")
            return FailComparison(at, $"'{field}' is a word and has no order; use '==', '!=' or 'in [a, b]'");
        var known = vocabulary.WordsOf(field);
        var wrong = false;
        foreach (var value in values)
        {
            if (value.Kind == RuleTokenKind.Number)
                wrong |= Report(value,
                    $"'{field}' is a word ({field.Description}); put {value.Text} in quotes if it is one");
            else if (known is not null && !known.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
                wrong |= Report(value, $"'{field}' is never '{value.Text}'{Suggestion.Hint(value.Text, known)}");
        }
        return wrong ? null : new Comparison(field, @operator, [.. values.Select(v => new RuleValue(0, v.Text))]);
    }

    private RuleField? Field(RuleToken name)
    {
        if (vocabulary.Fields.FirstOrDefault(f => f.Name == name.Text) is { } field) return field;
        string[] names = [.. vocabulary.Fields.Select(f => f.Name)];
        var message = RuleFields.Find(name.Text) is not null && vocabulary.Fields.Contains(RuleFields.CustomerTier)
            ? $"field '{name.Text}' is not known before the models have run; known here: {string.Join(", ", names)}"
            : $"unknown field '{name.Text}'{Hint(name.Text, names)}";
        return Fail(name, message);
    }

    private static string Hint(string name, string[] names) => Suggestion.Closest(name, names) is { } closest
        ? $"; did you mean '{closest}'?"
        : "; 'baton playbook fields' lists them (a word with spaces needs quotes)";

    private static string Sample(RuleField field) => field.Step < 1 ? "0.5" : "6";

    private string SampleWord(RuleField field) => vocabulary.WordsOf(field) is [var first, ..] ? first : "word";

    private static string Text(IReadOnlyList<RuleToken> values) =>
        values.Count == 1 ? values[0].Text : $"[{string.Join(", ", values.Select(v => v.Text))}]";

    private static string RangeOf(RuleField field) => double.IsInfinity(field.Maximum)
        ? string.Create(CultureInfo.InvariantCulture, $"{field.Minimum} or more")
        : string.Create(CultureInfo.InvariantCulture, $"{field.Minimum} to {field.Maximum}");

    private RuleField? Fail(RuleToken at, string message)
    {
        Report(at, message);
        return null;
    }

    private Comparison? FailComparison(RuleToken at, string message)
    {
        Report(at, message);
        return null;
    }

    private bool Report(RuleToken at, string message)
    {
        errors.Add(new RuleError(at.Position, message));
        return true;
    }
}
