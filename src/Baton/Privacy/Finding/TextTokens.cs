using System.Buffers;

namespace Baton.Privacy.Finding;

/// <summary>The tokens of a folded text in a rented array, and what occurs among them at all.</summary>
internal ref struct TextTokens : IDisposable
{
    private TextToken[] _items;
    private int _count;

    private TextTokens(int capacity)
    {
        _items = ArrayPool<TextToken>.Shared.Rent(Math.Max(16, capacity));
    }

    public readonly ReadOnlySpan<TextToken> Items => _items.AsSpan(0, _count);

    /// <summary>What occurs in the text: lets whole finders be skipped.</summary>
    public Occurrences Seen { get; private set; }

    public static TextTokens Read(ReadOnlySpan<char> text)
    {
        var tokens = new TextTokens(text.Length / 4);
        var seen = new Occurrences();
        var gap = Characters.Gap;
        for (var i = 0; i < text.Length;)
        {
            var kind = Characters.Kind(text[i]);
            if ((kind & Characters.Gap) != 0)
            {
                gap |= kind;
                i++;
                continue;
            }
            if (tokens._count == tokens._items.Length) tokens.Grow();
            var token = kind == Looks.None ? Mark(text[i], i, gap) : Word(text, i, kind, gap);
            seen.Add(token, text[i]);
            tokens._items[tokens._count++] = token;
            i = token.End;
            gap = Looks.None;
        }
        tokens.Seen = seen;
        return tokens;
    }

    public readonly void Dispose() => ArrayPool<TextToken>.Shared.Return(_items);

    private static TextToken Mark(char c, int start, Looks gap) =>
        new(start, start + 1, Lexicon.Next(Lexicon.Start, c), WordClass.None, gap);

    private static TextToken Word(ReadOnlySpan<char> text, int start, Looks kind, Looks gap)
    {
        var looks = gap | kind;
        var hash = Lexicon.Step(Lexicon.Start, Characters.Lower(text[start], kind));
        var i = start + 1;
        for (; i < text.Length; i++)
        {
            kind = Characters.Kind(text[i]);
            if ((kind & (Looks.Letters | Looks.Digits)) == 0) break;
            // A capital that is not the first letter is an inner capital, the next flag.
            looks |= kind & ~Looks.Capital | (Looks)((int)(kind & Looks.Capital) << 1);
            hash = Lexicon.Step(hash, Characters.Lower(text[i], kind));
        }
        return new TextToken(start, i, hash, (looks & Looks.Letters) != 0 ? Lexicon.Of(hash) : WordClass.None, looks);
    }

    private void Grow()
    {
        var larger = ArrayPool<TextToken>.Shared.Rent(_items.Length * 2);
        _items.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<TextToken>.Shared.Return(_items);
        _items = larger;
    }
}
