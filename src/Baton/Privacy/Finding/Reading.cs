namespace Baton.Privacy.Finding;

/// <summary>One text as every finder gets it: folded characters, tokens, and where to put findings.</summary>
internal readonly ref struct Reading(
    ReadOnlySpan<char> text, ReadOnlySpan<TextToken> tokens, List<Found> found, Occurrences seen)
{
    private const int CueReach = 7;

    public ReadOnlySpan<char> Text { get; } = text;

    public ReadOnlySpan<TextToken> Tokens { get; } = tokens;

    public List<Found> Found { get; } = found;

    public Occurrences Seen { get; } = seen;

    public ReadOnlySpan<char> this[TextToken token] => Text[token.Start..token.End];

    public void Add(int start, int end, PersonalDataType type, double score) => Found.Add(new(start, end, type, score));

    /// <summary>
    /// The class of the nearest word before token <paramref name="index"/> that announces what a number is.
    /// </summary>
    public WordClass CueBefore(int index)
    {
        for (int i = index - 1, words = 0; i >= 0 && words < CueReach; i--)
        {
            var token = Tokens[i];
            if (token.Is(WordClass.Cues)) return token.Classes & WordClass.Cues;
            if (!token.IsMark) words++;
            else if (Text[token.Start] is '.' or '?' or '!' && i + 1 < Tokens.Length && Tokens[i + 1].SpaceBefore
                && words > 0 && Tokens[i + 1].Length > 3) return WordClass.None;
        }
        return WordClass.None;
    }

    /// <summary>Is the token at <paramref name="index"/> this one character?</summary>
    public bool IsChar(int index, char c) =>
        (uint)index < (uint)Tokens.Length && Tokens[index].Length == 1 && Text[Tokens[index].Start] == c;

    /// <summary>The one character of a mark token, NUL elsewhere and outside.</summary>
    public char Mark(int index) =>
        (uint)index < (uint)Tokens.Length && Tokens[index].IsMark ? Text[Tokens[index].Start] : '\0';

    /// <summary>The value of a token of up to nine digits; a very large number for anything else.</summary>
    public int Number(in TextToken token) => Number(Text[token.Start..token.End]);

    /// <summary>The value of up to nine digits; a very large number for anything else.</summary>
    public static int Number(ReadOnlySpan<char> digits)
    {
        var value = digits.Length is 0 or > 9 ? int.MaxValue : 0;
        foreach (var c in digits)
        {
            if (c is < '0' or > '9' || value == int.MaxValue) return int.MaxValue;
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /// <summary>Classes of a token, none outside the text.</summary>
    public WordClass Classes(int index) => (uint)index < (uint)Tokens.Length ? Tokens[index].Classes : WordClass.None;

    /// <summary>Do these two neighbours touch, without white space between them?</summary>
    public bool Touch(int left, int right) =>
        left >= 0 && right < Tokens.Length && Tokens[left].End == Tokens[right].Start;
}
