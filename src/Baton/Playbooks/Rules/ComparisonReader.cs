namespace Baton.Playbooks.Rules;

/// <summary>
/// Reads one comparison: a flag, <c>field operator value</c>, <c>field in [list]</c> or <c>"phrase" in text</c>.
/// </summary>
internal sealed class ComparisonReader(RuleVocabulary vocabulary, List<RuleError> errors)
{
    /// <summary>Longest list.</summary>
    private const int MaxValues = 100;

    private readonly ComparisonCheck _check = new(vocabulary, errors);

    /// <summary>The comparison from token <paramref name="at"/> on, or null when the syntax is broken.</summary>
    public Condition? Read(string text, IReadOnlyList<RuleToken> tokens, ref int at)
    {
        var first = tokens[at];
        if (first.Kind is RuleTokenKind.Quoted or RuleTokenKind.Number) return TextSearch(text, tokens, ref at);
        if (first.Kind != RuleTokenKind.Word)
            return Fail(first, $"expected a field before {first.Description}, such as 'urgency >= 6'");
        if (first.Text.ToLowerInvariant() is "and" or "or" or "not" or "in" or "true" or "false")
            return Fail(first, WordInPlaceOfField(first.Text));
        at++;
        if (NextIsForeignConnective(tokens[at]) is { } hint) return Fail(tokens[at], hint);
        if (Operator(tokens, ref at, out var operatorToken) is not { } @operator)
        {
            return _check.Flag(first) is { } flag
                ? new FlagLeaf(new Comparison(flag, "==", [new RuleValue(1, "true")])) { Text = first.Text }
                : new Unusable { Text = first.Text };
        }
        if (@operator is "in" or "not in" && RuleFields.Find(tokens[at].Text) is { Kind: RuleFieldKind.Text } searched)
            return Fail(first, $"a phrase needs quotes: write '\"{first.Text}\" {@operator} {searched}'");
        if (Values(tokens, ref at, @operator) is not { } values) return null;
        var slice = text[first.Position..tokens[at - 1].End];
        return _check.Comparison(first, operatorToken, @operator, values) is { } comparison
            ? ToLeaf(comparison, slice)
            : new Unusable { Text = slice };
    }

    private Condition? TextSearch(string text, IReadOnlyList<RuleToken> tokens, ref int at)
    {
        var phrase = tokens[at++];
        if (Operator(tokens, ref at, out var operatorToken) is not ("in" or "not in")
            || phrase.Kind != RuleTokenKind.Quoted)
            return Fail(phrase, $"a value stands on the right: write 'field == {Quote(phrase)}', or '\"phrase\" in subject'");
        var field = tokens[at];
        if (field.Kind != RuleTokenKind.Word)
            return Fail(field, $"expected 'subject' or 'body' before {field.Description}");
        at++;
        var @operator = operatorToken.Is("not") ? "not in" : "in";
        var slice = text[phrase.Position..field.End];
        return _check.TextSearch(phrase, field) is { } searched
            ? new TextLeaf(new Comparison(searched, @operator, [new RuleValue(0, phrase.Text)])) { Text = slice }
            : new Unusable { Text = slice };
    }

    private static string? Operator(IReadOnlyList<RuleToken> tokens, ref int at, out RuleToken token)
    {
        token = tokens[at];
        if (token.Kind == RuleTokenKind.Operator || token.Is("in"))
        {
            at++;
            return token.Text;
        }
        if (!token.Is("not") || !tokens[at + 1].Is("in")) return null;
        at += 2;
        return "not in";
    }

    private List<RuleToken>? Values(IReadOnlyList<RuleToken> tokens, ref int at, string @operator)
    {
        var token = tokens[at];
        var list = @operator is "in" or "not in";
        if (token.Kind == RuleTokenKind.OpenList && list) return List(tokens, ref at);
        if (token.Kind == RuleTokenKind.OpenList)
            return FailValues(token, $"a list needs 'in' or 'not in'; '{@operator}' takes one value");
        if (list) return FailValues(token, $"'{@operator}' needs a list such as [a, b]; found {token.Description}");
        if (!IsValue(token))
            return FailValues(token, $"expected a value after '{@operator}', found {token.Description}");
        at++;
        return [token];
    }

    private List<RuleToken>? List(IReadOnlyList<RuleToken> tokens, ref int at)
    {
        var open = tokens[at];
        List<RuleToken> values = [];
        do
        {
            var token = tokens[++at];
            if (!IsValue(token)) return FailValues(token, $"expected a value in the list, found {token.Description}");
            if (values.Count == MaxValues)
                return FailValues(token, $"more than {MaxValues} values in one list; split the rule");
            values.Add(token);
        }
        while (tokens[++at].Kind == RuleTokenKind.Comma);
        if (tokens[at].Kind != RuleTokenKind.CloseList)
            return FailValues(tokens[at],
                $"expected ',' or ']' before {tokens[at].Description}; '[' is at character {open.Position + 1}");
        at++;
        return values;
    }

    private static Condition ToLeaf(Comparison comparison, string text) => comparison.Field.Kind switch
    {
        RuleFieldKind.Word => new WordLeaf(comparison) { Text = text },
        _ when comparison.Operator is "in" or "not in" => new NumberListLeaf(comparison) { Text = text },
        _ => new NumberLeaf(comparison) { Text = text },
    };

    private static bool IsValue(RuleToken token) => token.Kind is RuleTokenKind.Quoted or RuleTokenKind.Number
        || (token.Kind == RuleTokenKind.Word && token.Text is not ("and" or "or" or "not" or "in"));

    private static string WordInPlaceOfField(string word) => word switch
    {
        "true" or "false" => $"'{word}' alone decides nothing; name a field",
        "and" or "or" or "in" or "not" => $"expected a field before '{word}'",
        _ => $"'{word}' is written in small letters: '{word.ToLowerInvariant()}'",
    };

    private static string? NextIsForeignConnective(RuleToken token) => token.Kind != RuleTokenKind.Word ? null
        : token.Text is "AND" or "And" or "OR" or "Or" or "NOT" or "Not" or "IN" or "In"
            ? $"'{token.Text}' is written in small letters: '{token.Text.ToLowerInvariant()}'"
        : token.Text is "is" or "equals" ? $"'{token.Text}' does not compare; write '=='"
        : token.Text is "contains" ? "'contains' is not used here; write '\"phrase\" in subject'"
        : null;

    private static string Quote(RuleToken token) =>
        token.Kind == RuleTokenKind.Quoted ? $"\"{token.Text}\"" : token.Text;

    private Condition? Fail(RuleToken at, string message)
    {
        errors.Add(new RuleError(at.Position, message));
        return null;
    }

    private List<RuleToken>? FailValues(RuleToken at, string message)
    {
        errors.Add(new RuleError(at.Position, message));
        return null;
    }

    /// <summary>Stands for a comparison that was reported as wrong, so that reading can go on behind it.</summary>
    private sealed class Unusable : Condition
    {
        public override IReadOnlyList<Comparison> Comparisons => [];

        public override bool Holds(RuleFacts facts) => false;
    }
}
