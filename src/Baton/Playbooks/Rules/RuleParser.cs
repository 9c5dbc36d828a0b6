namespace Baton.Playbooks.Rules;

/// <summary>What came of reading a condition.</summary>
public abstract record ParsedCondition
{
    private ParsedCondition() { }

    public sealed record Parsed(Condition Condition) : ParsedCondition;

    /// <summary>At least one error, in the order of their positions.</summary>
    public sealed record Rejected(IReadOnlyList<RuleError> Errors) : ParsedCondition;
}

/// <summary>
/// Reads the rule language of <c>docs/playbook.md</c>. Recursive descent: <c>or</c> binds weakest, then <c>and</c>,
/// then <c>not</c>. A wrong word or field is reported and reading goes on; broken syntax ends it.
/// </summary>
public sealed class RuleParser
{
    /// <summary>Longest condition, characters.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Parentheses and <c>not</c> inside each other.</summary>
    public const int MaxDepth = 32;

    private readonly string _text;
    private readonly IReadOnlyList<RuleToken> _tokens;
    private readonly ComparisonReader _comparisons;
    private readonly List<RuleError> _errors = [];
    private int _at;

    private RuleParser(string text, IReadOnlyList<RuleToken> tokens, RuleVocabulary vocabulary)
    {
        _text = text;
        _tokens = tokens;
        _comparisons = new ComparisonReader(vocabulary, _errors);
    }

    /// <summary>Reads a condition. Never throws.</summary>
    public static ParsedCondition Parse(string text, RuleVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (text.Length > MaxLength)
            return Reject(new RuleError(0, $"{text.Length} characters; split the rule, at most {MaxLength} are read"));
        var (tokens, error) = RuleTokenizer.Read(text);
        if (error is { } unreadable) return Reject(unreadable);
        if (tokens.Count == 1)
            return Reject(new RuleError(0, "the condition is empty; write one such as 'urgency >= 6'"));
        var parser = new RuleParser(text, tokens, vocabulary);
        var condition = parser.Whole();
        return condition is not null && parser._errors.Count == 0
            ? new ParsedCondition.Parsed(condition)
            : new ParsedCondition.Rejected([.. parser._errors.OrderBy(e => e.Position)]);
    }

    private static ParsedCondition.Rejected Reject(RuleError error) => new([error]);

    private RuleToken Current => _tokens[_at];

    private Condition? Whole()
    {
        var condition = Or(depth: 0);
        if (condition is null || Current.Kind == RuleTokenKind.End) return condition;
        var hint = Current.Kind == RuleTokenKind.Close
            ? "there is no '(' for this ')'; remove it"
            : $"expected 'and' or 'or' before {Current.Description}; a word with spaces needs quotes";
        return Fail(Current, hint);
    }

    private Condition? Or(int depth)
    {
        var start = Current.Position;
        if (And(depth) is not { } first) return null;
        List<Condition> parts = [first];
        while (Skip("or"))
        {
            if (And(depth) is not { } next) return null;
            parts.Add(next);
        }
        return parts.Count == 1 ? first : new AnyOf([.. parts]) { Text = TextFrom(start) };
    }

    private Condition? And(int depth)
    {
        var start = Current.Position;
        if (Unary(depth) is not { } first) return null;
        List<Condition> parts = [first];
        while (Skip("and"))
        {
            if (Unary(depth) is not { } next) return null;
            parts.Add(next);
        }
        return parts.Count == 1 ? first : new AllOf([.. parts]) { Text = TextFrom(start) };
    }

    private Condition? Unary(int depth)
    {
        var start = Current;
        if (depth >= MaxDepth) return Fail(start, $"nested deeper than {MaxDepth} levels; split the rule");
        if (Skip("not"))
            return Unary(depth + 1) is { } part ? new Not(part) { Text = TextFrom(start.Position) } : null;
        if (start.Kind != RuleTokenKind.Open) return _comparisons.Read(_text, _tokens, ref _at);
        _at++;
        if (Or(depth + 1) is not { } inner) return null;
        if (Current.Kind != RuleTokenKind.Close)
            return Fail(Current,
                $"expected ')' before {Current.Description}; '(' is at character {start.Position + 1}");
        _at++;
        return inner;
    }

    private bool Skip(string word)
    {
        if (!Current.Is(word)) return false;
        _at++;
        return true;
    }

    private string TextFrom(int start) => _text[start.._tokens[_at - 1].End];

    private Condition? Fail(RuleToken at, string message)
    {
        _errors.Add(new RuleError(at.Position, message));
        return null;
    }
}
