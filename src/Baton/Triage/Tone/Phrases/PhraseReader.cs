using System.Globalization;

namespace Baton.Triage.Tone.Phrases;

/// <summary>
/// Cuts a text into <see cref="PhraseToken"/>s. One pass, no strings, every token at most 40 letters.
/// </summary>
internal ref struct PhraseReader(ReadOnlySpan<char> text, char[] lower, List<PhraseToken> tokens)
{
    private const int LongestToken = 40;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _written;
    private bool _startsSentence = true;

    public int Letters { get; private set; }

    public int Capitals { get; private set; }

    public void ReadAll()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsLetterOrDigit(c) || c is '@' or '#') ReadWord();
            else if (Emoticons.TryRead(_text[_at..], out var face, out var length)) ReadFace(face, length);
            else if (char.IsWhiteSpace(c)) ReadSpace();
            else ReadMark(c);
        }
    }

    private void ReadWord()
    {
        var mark = _text[_at];
        if (mark is '@' or '#' && (_at + 1 >= _text.Length || !char.IsLetterOrDigit(_text[_at + 1]))) { _at++; return; }
        if (IsLink()) { ReadLink(); return; }
        if (mark is '@' or '#') _at++;

        var from = _at;
        var start = _written;
        var capitals = 0;
        var letters = 0;
        var digits = 0;
        var stretched = false;
        while (_at < _text.Length && IsInWord(_at, from))
        {
            var c = _text[_at++];
            if (char.IsDigit(c)) digits++;
            else if (char.IsLetter(c)) letters++;
            if (char.IsUpper(c)) capitals++;
            stretched |= Append(c, start);
        }
        Letters += letters;
        Capitals += capitals;
        var kind = mark == '@' ? PhraseTokenKind.Mention
            : letters == 0 && digits > 0 ? PhraseTokenKind.Number
            : PhraseTokenKind.Word;
        var marks = (char.IsUpper(_text[from]) ? PhraseTokenMarks.Capitalised : 0)
            | (letters > 1 && capitals == letters ? PhraseTokenMarks.AllCaps : 0)
            | (stretched ? PhraseTokenMarks.Stretched : 0)
            | (mark == '#' ? PhraseTokenMarks.Hashtag : 0);
        Add(start, kind, marks);
    }

    /// <summary>
    /// Letters, digits, inner apostrophes, inner points and commas of numbers, combining marks, zero-width.
    /// </summary>
    private readonly bool IsInWord(int at, int from)
    {
        var c = _text[at];
        if (char.IsLetterOrDigit(c) || c == '_' || IsInvisible(c)) return true;
        var category = char.GetUnicodeCategory(c);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) return true;
        if (at == from || at + 1 >= _text.Length) return false;
        if (c is '\'' or '’' or '`' or 'ʼ') return char.IsLetter(_text[at + 1]) && char.IsLetter(_text[at - 1]);
        return c is '.' or ',' or ':' && char.IsDigit(_text[at + 1]) && char.IsDigit(_text[at - 1]);
    }

    /// <summary>Writes one letter; the third and later repeats of a letter are dropped and reported.</summary>
    private bool Append(char c, int start)
    {
        if (IsInvisible(c) || _written - start >= LongestToken) return false;
        var letter = c is '’' or '`' or 'ʼ' ? '\'' : char.ToLowerInvariant(c);
        var run = _written - start;
        if (run >= 2 && char.IsLetter(letter) && lower[_written - 1] == letter && lower[_written - 2] == letter)
            return true;
        lower[_written++] = letter;
        return false;
    }

    private readonly bool IsLink()
    {
        var rest = _text[_at..];
        return rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }

    private void ReadLink()
    {
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at])) _at++;
        Add(_written, PhraseTokenKind.Link, 0);
    }

    private void ReadFace(char face, int length)
    {
        _at += length;
        lower[_written++] = face;
        Add(_written - 1, PhraseTokenKind.Emoticon, 0);
    }

    private void ReadSpace()
    {
        var breaks = 0;
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) breaks += _text[_at++] == '\n' ? 1 : 0;
        if (breaks > 1) AddMark(PhraseTokenKind.Stop);
    }

    private void ReadMark(char c)
    {
        _at++;
        switch (c)
        {
            case '!' or '！': AddMark(PhraseTokenKind.Exclamation); break;
            case '?' or '？' or '؟': AddMark(PhraseTokenKind.Question); break;
            case '…': AddMark(PhraseTokenKind.Ellipsis); break;
            case '.' when _at < _text.Length && _text[_at] == '.':
                while (_at < _text.Length && _text[_at] == '.') _at++;
                AddMark(PhraseTokenKind.Ellipsis);
                break;
            case '.' or '。' or ';' or '।': AddMark(PhraseTokenKind.Stop); break;
            case ',' or ':' or '(' or ')' or '–' or '—': AddMark(PhraseTokenKind.Comma); break;
            case '&' when _text[_at..].StartsWith("amp;"): _at += 4; break;
            case '&' when _text[_at..].StartsWith("lt;") || _text[_at..].StartsWith("gt;"): _at += 3; break;
        }
    }

    private void AddMark(PhraseTokenKind kind)
    {
        Add(_written, kind, 0);
        if (kind != PhraseTokenKind.Comma) _startsSentence = true;
    }

    private void Add(int start, PhraseTokenKind kind, PhraseTokenMarks marks)
    {
        var length = kind is PhraseTokenKind.Word ? Shorten(start, marks) : _written - start;
        _written = start + length;
        if (_startsSentence && kind is PhraseTokenKind.Word) marks |= PhraseTokenMarks.StartsSentence;
        if (kind is PhraseTokenKind.Word or PhraseTokenKind.Number or PhraseTokenKind.Mention) _startsSentence = false;
        tokens.Add(new PhraseToken(start, length, kind, marks, PhraseHash.Of(lower.AsSpan(start, length))));
    }

    /// <summary>
    /// "soo" of "sooooo" becomes "so": of a stretched run only what follows the first letter may double.
    /// </summary>
    private readonly int Shorten(int start, PhraseTokenMarks marks)
    {
        var length = _written - start;
        if (!marks.HasFlag(PhraseTokenMarks.Stretched)) return length;
        var kept = start;
        for (var i = start; i < _written; i++)
        {
            var differs = kept == start || lower[i] != lower[kept - 1];
            if (differs || lower[i] is 'l' or 'e' or 'o' && IsInnerDouble(i)) lower[kept++] = lower[i];
        }
        return kept - start;
    }

    /// <summary>
    /// Doubled l, e and o inside a word are usually spelling ("needed", "really"), at its end usually shouting.
    /// </summary>
    private readonly bool IsInnerDouble(int at) => at + 1 < _written && lower[at + 1] != lower[at] && at - 2 >= 0;

    private static bool IsInvisible(char c) =>
        c is >= '\u200B' and <= '\u200F' or '\u2060' or '\uFEFF' or '\u00AD' or '\uFE0F';
}
