using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>One word (or number) as the tagger sees it: what it is, how it looks, what the finders said.</summary>
internal readonly record struct TagWord(ulong Word, ulong Suffixes, ulong Shape, WordClass Classes, byte Rule,
    char Before, char After)
{
    /// <summary>The word beyond either end of the text.</summary>
    public static TagWord None { get; } = new(1, 1, 1, WordClass.None, 0, '\0', '\0');
}

/// <summary>The features of a word in its context, as rows of the weight table.</summary>
internal static class TagFeatures
{
    /// <summary>Features per word at most.</summary>
    public const int Most = 56;

    /// <summary>Reads a token and the marks beside it.</summary>
    public static TagWord Read(in Reading reading, int i, byte rule)
    {
        var token = reading.Tokens[i];
        var text = reading[token];
        return new TagWord(token.Hash, Suffixes(text), Shape(text, token), token.Classes, rule, Before(reading, i),
            After(reading, i));
    }

    /// <summary>Writes the rows for word <paramref name="i"/>; returns how many.</summary>
    public static int Write(ReadOnlySpan<TagWord> words, int i, uint mask, Span<uint> rows)
    {
        var w = words[i];
        var (p1, p2) = (At(words, i - 1), At(words, i - 2));
        var (n1, n2) = (At(words, i + 1), At(words, i + 2));
        var sink = new Sink(rows, mask);
        sink.Add(2, w.Shape);
        sink.Add(5, w.Rule, w.Shape);
        sink.Add(6, (ulong)w.Classes, w.Shape & 7);
        for (var bits = (ulong)w.Classes; bits != 0; bits &= bits - 1)
            sink.Add(7, (ulong)System.Numerics.BitOperations.TrailingZeroCount(bits), w.Shape & 7);
        sink.Add(8, w.Before, w.After, w.Shape & 0xff);
        sink.Add(17, (ulong)p1.Classes, (ulong)w.Classes, w.Shape & 0xff);
        sink.Add(18, (ulong)n1.Classes, (ulong)w.Classes, w.Shape & 0xff);
        sink.Add(19, p1.Shape, w.Shape, n1.Shape);
        sink.Add(20, p1.Rule, w.Rule, n1.Rule);
        sink.Add(21, p2.Shape & 0xff, p1.Shape, w.Shape);
        sink.Add(22, w.Shape, n1.Shape, n2.Shape & 0xff);
        sink.Add(24, w.After, n1.Shape, w.Shape & 0xff);
        sink.Add(25, w.Before, p1.Shape, w.Shape);
        sink.Add(26, (ulong)p1.Classes, (ulong)p2.Classes, w.Shape & 7);
        sink.Add(27, (ulong)n1.Classes, (ulong)n2.Classes, w.Shape & 7);
        sink.Add(30, w.Before, w.After, (ulong)w.Classes);
        sink.Add(31, p1.Before, w.Before, w.After);
        WriteWords(ref sink, w, (p2, p1), (n1, n2));
        return sink.Count;
    }

    /// <summary>Features of the words themselves; a word left out in training (0) has none.</summary>
    private static void WriteWords(ref Sink sink, in TagWord w, (TagWord Two, TagWord One) before,
        (TagWord One, TagWord Two) after)
    {
        var (p2, p1, n1, n2) = (before.Two, before.One, after.One, after.Two);
        if (w.Word != 0)
        {
            sink.Add(1, w.Word);
            sink.Add(3, w.Suffixes & 0xffffffff);
            sink.Add(4, w.Suffixes >> 32);
            sink.Add(28, w.Word, p1.Word);
            sink.Add(29, w.Word, n1.Word);
        }
        if (p1.Word != 0)
        {
            sink.Add(9, p1.Word);
            sink.Add(11, p1.Word, w.Shape & 0xff);
            sink.Add(13, p2.Word, p1.Word);
            sink.Add(23, w.Before, p1.Word, w.Shape & 7);
        }
        if (n1.Word != 0)
        {
            sink.Add(10, n1.Word);
            sink.Add(12, n1.Word, w.Shape & 0xff);
            sink.Add(14, n1.Word, n2.Word);
        }
        if (p2.Word != 0) sink.Add(15, p2.Word, w.Shape & 0xff);
        if (n2.Word != 0) sink.Add(16, n2.Word, w.Shape & 0xff);
    }

    private static TagWord At(ReadOnlySpan<TagWord> words, int i) => (uint)i < (uint)words.Length ? words[i]
        : TagWord.None;

    /// <summary>Low half: the last three letters; high half: the last two and the first two.</summary>
    private static ulong Suffixes(ReadOnlySpan<char> text)
    {
        ulong three = 7, four = 9;
        for (var i = Math.Max(0, text.Length - 3); i < text.Length; i++) three = three * 1021 + Lower(text[i]);
        for (var i = Math.Max(0, text.Length - 2); i < text.Length; i++) four = four * 1021 + Lower(text[i]);
        for (var i = 0; i < Math.Min(2, text.Length); i++) four = four * 1021 + Lower(text[i]);
        return three & 0xffffffff | four << 32;
    }

    /// <summary>Digits read as one letter, so that numbers share suffixes.</summary>
    private static ulong Lower(char c) => c is >= '0' and <= '9' ? '0' : Lexicon.Lower(c);

    /// <summary>
    /// Bits 0–2: letters, digits, capital; 3–7: length class and inner capitals; above: the first letter of numbers.
    /// </summary>
    private static ulong Shape(ReadOnlySpan<char> text, Token token)
    {
        var letters = (token.Looks & Looks.Letters) != 0 ? 1UL : 0;
        var digits = (token.Looks & Looks.Digits) != 0 ? 2UL : 0;
        var capital = token.IsCapitalised ? 4UL : 0;
        var inner = (token.Looks & Looks.InnerCapital) != 0 ? 8UL : 0;
        var lower = (token.Looks & Looks.Lower) != 0 ? 16UL : 0;
        var length = (ulong)Math.Min(digits != 0 ? 12 : 3, token.Length);
        var year = digits != 0 && letters == 0 && token.Length == 4 && text[0] is '1' or '2' ? (ulong)(text[0] - '0')
            : 0;
        return letters | digits | capital | inner | lower | length << 8 | year << 12;
    }

    /// <summary>The mark before a word, or how it is separated from the word before.</summary>
    private static char Before(in Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (i > 0 && !token.StartsLine && reading.Tokens[i - 1].IsMark) return Kind(reading.Text[reading.Tokens[i - 1].Start]);
        return token.StartsLine ? i == 0 ? '^' : '\n' : ' ';
    }

    private static char After(in Reading reading, int i)
    {
        if (i + 1 == reading.Tokens.Length) return '$';
        var next = reading.Tokens[i + 1];
        return next.StartsLine ? '\n' : next.IsMark ? Kind(reading.Text[next.Start]) : ' ';
    }

    private static char Kind(char mark) => mark switch
    {
        < '\u0080' => mark,
        '\u201c' or '\u201d' or '\u00ab' or '\u00bb' => '"',
        _ => '\u2022',
    };

    private ref struct Sink(Span<uint> rows, uint mask)
    {
        private readonly Span<uint> _rows = rows;

        public int Count { get; private set; }

        public void Add(uint kind, ulong a, ulong b = 0, ulong c = 0)
        {
            var hash = (a ^ (ulong)kind * 0x9E3779B97F4A7C15UL) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 29) ^ b * 0x94D049BB133111EBUL) * 0x9E3779B97F4A7C15UL;
            hash = (hash ^ (hash >> 31) ^ c * 0xD6E8FEB86659FD93UL) * 0xBF58476D1CE4E5B9UL;
            if (Count < _rows.Length) _rows[Count++] = (uint)(hash >> 32) & mask;
        }
    }
}
