using System.Runtime.CompilerServices;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>One word (or number) as the tagger sees it: what it is, how it looks, what the finders said.</summary>
internal readonly record struct TagWord(
    ulong Word, ulong Suffixes, ulong Shape, WordClass Classes, byte Rule, byte Before, byte After);

/// <summary>The features of a word in its context, as rows of the weight table.</summary>
internal static class TagFeatures
{
    /// <summary>Features per word at most.</summary>
    public const int Most = 48;

    /// <summary>The word beyond either end of the text.</summary>
    private static readonly TagWord Outside = new(1, 1, 1, WordClass.None, 0, 0, 0);

    /// <summary>Reads a token and the marks beside it.</summary>
    public static TagWord Read(in Reading reading, int i, byte rule)
    {
        var token = reading.Tokens[i];
        var text = reading[token];
        return new TagWord(token.Hash, Suffixes(text, token.Looks), Shape(text, token),
            token.Classes & WordClass.Taught, rule,
            Before(reading, i), After(reading, i));
    }

    /// <summary>Writes the rows for word <paramref name="i"/>; returns how many.</summary>
    public static int Write(ReadOnlySpan<TagWord> words, int i, int shift, Span<uint> rows)
    {
        ref readonly var w = ref words[i];
        ref readonly var p1 = ref At(words, i - 1);
        ref readonly var p2 = ref At(words, i - 2);
        ref readonly var n1 = ref At(words, i + 1);
        ref readonly var n2 = ref At(words, i + 2);
        var sink = new Sink(rows, shift);
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
        sink.Add(26, (ulong)p1.Classes, (ulong)p2.Classes, w.Shape & 7);
        sink.Add(27, (ulong)n1.Classes, (ulong)n2.Classes, w.Shape & 7);
        sink.Add(30, w.Before, w.After, (ulong)w.Classes);
        WriteWords(ref sink, w, p2, p1, n1, n2);
        return sink.Count;
    }

    /// <summary>Features of the words themselves; a word left out in training (0) has none.</summary>
    private static void WriteWords(
        ref Sink sink, in TagWord w, in TagWord p2, in TagWord p1, in TagWord n1, in TagWord n2)
    {
        if (w.Word != 0)
        {
            sink.Add(1, w.Word);
            sink.Add(3, w.Suffixes & 0xffffffff);
            sink.Add(4, w.Suffixes >> 32);
        }
        if (p1.Word != 0)
        {
            sink.Add(11, p1.Word, w.Shape & 0xff);
            sink.Add(13, p2.Word, p1.Word);
            sink.Add(23, w.Before, p1.Word, w.Shape & 7);
        }
        if (n1.Word != 0)
        {
            sink.Add(12, n1.Word, w.Shape & 0xff);
            sink.Add(14, n1.Word, n2.Word);
        }
        if (p2.Word != 0) sink.Add(15, p2.Word, w.Shape & 0xff);
        if (n2.Word != 0) sink.Add(16, n2.Word, w.Shape & 0xff);
    }

    private static ref readonly TagWord At(ReadOnlySpan<TagWord> words, int i)
    {
        if ((uint)i < (uint)words.Length) return ref words[i];
        return ref Outside;
    }

    /// <summary>
    /// Low half: the last three letters without their case; high half: the last two and the first two. All digits are
    /// the same, so that numbers share suffixes.
    /// </summary>
    private static ulong Suffixes(ReadOnlySpan<char> text, Looks looks)
    {
        ulong first = Small(text[0]), last = Small(text[^1]);
        ulong second = text.Length > 1 ? Small(text[1]) : 0u, fourth = text.Length > 1 ? Small(text[^2]) : 0u;
        ulong third = text.Length > 2 ? Small(text[^3]) : 0u;
        if ((looks & Looks.Digits) != 0)
            (first, second, third, fourth, last) =
            (Digit(first), Digit(second), Digit(third), Digit(fourth), Digit(last));
        var three = last * 1021 * 1021 + fourth * 1021 + third;
        var four = (last * 1021 + fourth) * 1021 * 1021 + first * 1021 + second;
        return three & 0xffffffff | four << 32;
    }

    private static uint Small(char c) => c | 0x20u;

    private static ulong Digit(ulong c) => c is >= '0' and <= '9' ? '0' : c;

    /// <summary>
    /// Bits 0–2: letters, digits, capital; 3–7: length class and inner capitals; above: the first letter of numbers.
    /// </summary>
    private static ulong Shape(ReadOnlySpan<char> text, TextToken token)
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
    private static byte Before(in Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (i > 0 && !token.StartsLine && reading.Tokens[i - 1].IsMark)
            return Kind(reading.Text[reading.Tokens[i - 1].Start]);
        return (byte)(token.StartsLine ? i == 0 ? '^' : '\n' : ' ');
    }

    private static byte After(in Reading reading, int i)
    {
        if (i + 1 == reading.Tokens.Length) return (byte)'$';
        var next = reading.Tokens[i + 1];
        return next.StartsLine ? (byte)'\n' : next.IsMark ? Kind(reading.Text[next.Start]) : (byte)' ';
    }

    private static byte Kind(char mark) => mark switch
    {
        < '\u0080' => (byte)mark,
        '\u201c' or '\u201d' or '\u00ab' or '\u00bb' => (byte)'"',
        _ => 0x95,
    };

    /// <summary>
    /// Collects rows. A feature's kind and up to three values are mixed by independent multiplications.
    /// </summary>
    private ref struct Sink(Span<uint> rows, int shift)
    {
        private readonly Span<uint> _rows = rows;

        public int Count { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(uint kind, ulong a, ulong b = 0, ulong c = 0)
        {
            var hash = (a + kind * 0x9E3779B97F4A7C15UL) * 0xBF58476D1CE4E5B9UL + b * 0x94D049BB133111EBUL
                + c * 0xD6E8FEB86659FD93UL;
            hash = (hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15UL;
            if (Count < _rows.Length) _rows[Count++] = (uint)(hash >> 32) >> shift;
        }
    }
}
