using System.Globalization;
using System.Text;

namespace Baton.Playbooks.Rules;

/// <summary>
/// Cuts a condition into tokens; anything that other languages allow gets an error that says what to write.
/// </summary>
internal sealed class RuleTokenizer(string text)
{
    private readonly List<RuleToken> _tokens = [];
    private int _at;
    private RuleError? _error;

    /// <summary>The tokens, ending in <see cref="RuleTokenKind.End"/>, or what cannot be read.</summary>
    public static (IReadOnlyList<RuleToken> Tokens, RuleError? Error) Read(string text)
    {
        var tokenizer = new RuleTokenizer(text);
        while (tokenizer._error is null && tokenizer._at < text.Length) tokenizer.Next();
        tokenizer._tokens.Add(new RuleToken(RuleTokenKind.End, "", text.Length, text.Length));
        return (tokenizer._tokens, tokenizer._error);
    }

    private void Next()
    {
        var c = text[_at];
        if (c is ' ' or '\t' or '\n' or '\r') _at++;
        else if (char.IsAsciiDigit(c)
            || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))) Number();
        else if (char.IsLetter(c) || c == '_') Word();
        else if (c is '"' or '\'') Quoted(c);
        else Symbol(c);
    }

    private void Number()
    {
        var start = _at++;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        var digits = text[start.._at];
        if (_at < text.Length && (char.IsLetter(text[_at]) || text[_at] == '_'))
            Fail(start, $"'{digits}{text[_at]}…' is neither a number nor a word; put it in quotes if it is a word");
        else if (!char.IsAsciiDigit(digits[^1])
            || !double.TryParse(digits, CultureInfo.InvariantCulture, out var number))
            Fail(start, $"'{digits}' is not a number; write it like 6 or 0.75");
        else
            Add(RuleTokenKind.Number, digits, start, number);
    }

    private void Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '-')) _at++;
        Add(RuleTokenKind.Word, text[start.._at], start);
    }

    private void Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && (text[_at + 1] == quote || text[_at + 1] == '\\')) _at++;
            value.Append(text[_at++]);
        }
        if (_at == text.Length)
        {
            Fail(start, $"the quote opened here is not closed; add {quote}");
            return;
        }
        _at++;
        Add(RuleTokenKind.Quoted, value.ToString(), start);
    }

    private void Symbol(char c)
    {
        var start = _at;
        var pair = _at + 1 < text.Length ? text.Substring(_at, 2) : c.ToString();
        if (pair is "==" or "!=" or "<=" or ">=")
        {
            _at += 2;
            Add(RuleTokenKind.Operator, pair, start);
            return;
        }
        if (Foreign(pair) is { } hint)
        {
            Fail(start, hint);
            return;
        }
        _at++;
        switch (c)
        {
            case '<' or '>': Add(RuleTokenKind.Operator, c.ToString(), start); break;
            case '(': Add(RuleTokenKind.Open, "(", start); break;
            case ')': Add(RuleTokenKind.Close, ")", start); break;
            case '[': Add(RuleTokenKind.OpenList, "[", start); break;
            case ']': Add(RuleTokenKind.CloseList, "]", start); break;
            case ',': Add(RuleTokenKind.Comma, ",", start); break;
            default: Fail(start,
                $"'{c}' is not part of the rule language; see 'Rule conditions' in docs/playbook.md"); break;
        }
    }

    private static string? Foreign(string pair) => pair switch
    {
        "&&" => "'&&' is not used here; write 'and'",
        "||" => "'||' is not used here; write 'or'",
        "<>" => "'<>' is not used here; write '!='",
        "=>" or "=<" => $"'{pair}' is not used here; write '{pair[1]}='",
        _ when pair[0] == '=' => "'=' does not compare; write '=='",
        _ when pair[0] == '!' => "'!' is not used here; write 'not'",
        _ when pair[0] is '≥' or '≤' or '≠' => $"'{pair[0]}' is not used here; write '>=', '<=' or '!='",
        _ => null,
    };

    private void Add(RuleTokenKind kind, string value, int start, double number = 0) =>
        _tokens.Add(new RuleToken(kind, value, start, _at, number));

    private void Fail(int position, string message) => _error = new RuleError(position, message);
}
