using System.Globalization;

namespace Baton.Text;

/// <summary>
/// Splits text into tokens without allocating. Offsets always refer to the original text, so that a finding can be
/// marked or cut out; use <c>Letters.Normalize</c> for the form that models compare.
/// </summary>
public static class Tokenizer
{
    /// <summary>
    /// The tokens of <paramref name="text"/> in order; white space and control characters are left out.
    /// </summary>
    public static Tokens Split(ReadOnlySpan<char> text) => new(text);

    /// <summary>An allocation-free sequence of tokens, for <c>foreach</c>.</summary>
    public ref struct Tokens(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _position;

        /// <summary>The token found last.</summary>
        public Token Current { get; private set; }

        /// <summary>This sequence.</summary>
        public readonly Tokens GetEnumerator() => this;

        /// <summary>Finds the next token; false at the end of the text.</summary>
        public bool MoveNext()
        {
            while (_position < _text.Length && !Letters.StartsToken(_text[_position])) _position++;
            if (_position == _text.Length) return false;

            var start = _position;
            Current = Letters.IsLetterOrDigit(_text[start]) && !Letters.StandsAlone(_text[start])
                ? Run(start)
                : Single(start);
            _position = Current.End;
            return true;
        }

        private readonly Token Single(int start)
        {
            var c = _text[start];
            var pair = char.IsHighSurrogate(c) && start + 1 < _text.Length && char.IsLowSurrogate(_text[start + 1]);
            var kind = Letters.StandsAlone(c) || (pair && IsLetter(c, _text[start + 1])) ? TokenKind.Word
                : TokenKind.Mark;
            return new Token(start, pair ? 2 : 1, kind);
        }

        private static bool IsLetter(char high, char low) =>
            CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(high, low)) <= UnicodeCategory.OtherLetter;

        private readonly Token Run(int start)
        {
            bool letters = false, digits = false;
            var end = start;
            while (end < _text.Length)
            {
                var c = _text[end];
                if (Letters.IsDigit(c)) digits = true;
                else if (Letters.IsLetterOrDigit(c) && !Letters.StandsAlone(c)) letters = true;
                else if (!Letters.IsInvisible(c) && !JoinsHere(end, letters)) break;
                end++;
            }
            while (Letters.IsInvisible(_text[end - 1])) end--;
            var kind = letters ? digits ? TokenKind.Code : TokenKind.Word : TokenKind.Number;
            return new Token(start, end - start, kind);
        }

        /// <summary>An apostrophe between letters, or a separator between digits.</summary>
        private readonly bool JoinsHere(int at, bool inWord)
        {
            if (at + 1 >= _text.Length) return false;
            var next = _text[at + 1];
            return inWord
                ? Letters.IsApostrophe(_text[at]) && Letters.IsLetterOrDigit(next) && !Letters.IsDigit(next)
                : _text[at] is '.' or ',' or ':' && Letters.IsDigit(next) && Letters.IsDigit(_text[at - 1]);
        }
    }
}
