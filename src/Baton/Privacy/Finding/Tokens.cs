using System.Buffers;

namespace Baton.Privacy.Finding;

/// <summary>The tokens of a folded text in a rented array.</summary>
internal ref struct Tokens : IDisposable
{
    private Token[] _items;
    private int _count;

    private Tokens(int capacity)
    {
        _items = ArrayPool<Token>.Shared.Rent(Math.Max(16, capacity));
    }

    public readonly ReadOnlySpan<Token> Items => _items.AsSpan(0, _count);

    public static Tokens Read(ReadOnlySpan<char> text)
    {
        var tokens = new Tokens(text.Length / 4);
        var gap = Looks.LineStart | Looks.SpaceBefore;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c == '\n' || c == '\r') gap |= Looks.LineStart | Looks.SpaceBefore;
            if (c == ' ' || char.IsWhiteSpace(c))
            {
                gap |= Looks.SpaceBefore;
                i++;
                continue;
            }
            i = tokens.Add(text, i, gap);
            gap = Looks.None;
        }
        return tokens;
    }

    public readonly void Dispose() => ArrayPool<Token>.Shared.Return(_items);

    private int Add(ReadOnlySpan<char> text, int start, Looks gap)
    {
        var hash = Lexicon.Start;
        var looks = gap;
        var i = start;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            var kind = Kind(c);
            if (kind == Looks.None) break;
            if (kind == (Looks.Letters | Looks.Capital)) kind = i == start ? kind : Looks.Letters | Looks.InnerCapital;
            looks |= kind;
            hash = Lexicon.Next(hash, c);
        }
        if (i == start) hash = Lexicon.Next(hash, text[i++]);
        if (_count == _items.Length) Grow();
        var classes = (looks & Looks.Letters) != 0 ? Lexicon.Of(hash) : WordClass.None;
        _items[_count++] = new Token(start, i, hash, classes, looks);
        return i;
    }

    private static Looks Kind(char c)
    {
        if (c < 128)
        {
            if (c is >= 'a' and <= 'z') return Looks.Letters | Looks.Lower;
            if (c is >= 'A' and <= 'Z') return Looks.Letters | Looks.Capital;
            return c is >= '0' and <= '9' ? Looks.Digits : Looks.None;
        }
        if (!char.IsLetter(c) && !IsMark(c)) return Looks.None;
        return Looks.Letters | (char.IsUpper(c) ? Looks.Capital : Looks.Lower);
    }

    /// <summary>Accents that follow their letter belong to the word.</summary>
    private static bool IsMark(char c) => c >= '\u0300' && char.GetUnicodeCategory(c) is
        System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private void Grow()
    {
        var larger = ArrayPool<Token>.Shared.Rent(_items.Length * 2);
        _items.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<Token>.Shared.Return(_items);
        _items = larger;
    }
}
