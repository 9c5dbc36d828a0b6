using System.Buffers;
using System.Globalization;

namespace Baton.Privacy.Finding;

/// <summary>
/// The text as finders read it: zero-width characters gone, full-width and other digits as 0–9, every dash a hyphen,
/// every space a space, every character of a placeholder <see cref="Opaque"/>. Keeps the way back to offsets of the
/// original. Texts without such characters are not copied.
/// </summary>
internal ref struct Folding : IDisposable
{
    /// <summary>
    /// Stands for a character that was redacted before: no letter, no digit, no mark that a finder knows.
    /// </summary>
    public const char Opaque = '\ufffc';

    private readonly string _original;
    private readonly char[]? _folded;
    private readonly int[]? _origin;

    public Folding(string text)
    {
        _original = text;
        Text = text;
        HasPlaceholders = NextPlaceholder(text, 0, text.Length) >= 0;
        if (!HasPlaceholders && FirstToFold(text) < 0) return;
        _folded = ArrayPool<char>.Shared.Rent(text.Length);
        _origin = ArrayPool<int>.Shared.Rent(text.Length + 1);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var hidden = HasPlaceholders && text[i] == '[' ? Placeholders.NameLengthAt(text, i) : 0;
            if (hidden == 0) length = Append(text, ref i, length);
            else length = Hide(ref i, hidden, length);
        }
        _origin[length] = text.Length;
        Text = _folded.AsSpan(0, length);
    }

    /// <summary>The folded text.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Whether something in the text was redacted before.</summary>
    public bool HasPlaceholders { get; }

    /// <summary>Where the next placeholder of one of our types begins before an end, or -1.</summary>
    public static int NextPlaceholder(ReadOnlySpan<char> text, int from, int end)
    {
        for (var open = from; open < end; open++)
        {
            var next = text[open..end].IndexOf('[');
            if (next < 0) return -1;
            open += next;
            if (Placeholders.NameLengthAt(text, open) > 0) return open;
        }
        return -1;
    }

    /// <summary>A span of the folded text as a span of the original.</summary>
    public readonly PersonalSpan Original(Found found)
    {
        if (_origin is null) return new(found.Start, found.End - found.Start, found.Type, found.Score);
        var start = _origin[found.Start];
        var last = _origin[found.End - 1];
        var width = char.IsHighSurrogate(_original[last]) && last + 1 < _original.Length ? 2 : 1;
        return new(start, last + width - start, found.Type, found.Score);
    }

    public readonly void Dispose()
    {
        if (_folded is null) return;
        ArrayPool<char>.Shared.Return(_folded);
        ArrayPool<int>.Shared.Return(_origin!);
    }

    /// <summary>One character as finders read it; NUL when it is invisible.</summary>
    public static char Fold(char c) => c switch
    {
        < '\u00a0' => c == '\0' ? ' ' : c,
        '\u00a0' => ' ',
        '\u00ad' => '\0',
        < '\u0300' => c,
        >= '\uff01' and <= '\uff5e' => (char)(c - 0xfee0),
        >= '\u2010' and <= '\u2015' or '\u2212' or '\ufe58' or '\ufe63' => '-',
        '\u2018' or '\u2019' or '\u02bc' => '\'',
        '\u2024' or '\u3002' or '\uff61' => '.',
        '\ufe6b' => '@',
        '\u2028' or '\u2029' => '\n',
        _ => FoldByCategory(c),
    };

    private static char FoldByCategory(char c)
    {
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.DecimalDigitNumber: return (char)('0' + (int)char.GetNumericValue(c));
            case UnicodeCategory.Format: return '\0';
            case UnicodeCategory.SpaceSeparator: return ' ';
            case UnicodeCategory.NonSpacingMark when c is >= '\ufe00' and <= '\ufe0f' or '\u034f' or '\u20e3':
                return '\0';
            case UnicodeCategory.OtherNumber when char.GetNumericValue(c) is >= 0 and <= 9 and var value:
                return value == Math.Floor(value) ? (char)('0' + (int)value) : c;
            default: return c;
        }
    }

    private static int FirstToFold(string text)
    {
        var i = text.AsSpan().IndexOfAnyExceptInRange('\u0001', '\u009f');
        for (; i >= 0 && i < text.Length; i++)
            if (Fold(text[i]) != text[i] || char.IsSurrogate(text[i])) return i;
        return -1;
    }

    private readonly int Hide(ref int i, int hidden, int length)
    {
        for (var last = i + hidden; i < last; i++, length++) (_folded![length], _origin![length]) = (Opaque, i);
        i--;
        return length;
    }

    private readonly int Append(string text, ref int i, int length)
    {
        var c = text[i];
        var at = i;
        var folded = Fold(c);
        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            folded = FoldPair(char.ConvertToUtf32(c, text[i + 1]));
            i++;
        }
        if (folded == '\0') return length;
        _folded![length] = folded;
        _origin![length] = at;
        return length + 1;
    }

    /// <summary>Mathematical letters and digits become plain ones, tags vanish, emoji become one separator.</summary>
    private static char FoldPair(int point) => point switch
    {
        >= 0x1d7ce and <= 0x1d7ff => (char)('0' + (point - 0x1d7ce) % 10),
        >= 0x1d400 and <= 0x1d6a3 => Letter((point - 0x1d400) % 52),
        >= 0xe0000 and <= 0xe01ef => '\0',
        _ when char.IsLetter(char.ConvertFromUtf32(point), 0) => '\u02b0',
        _ => '\u2022',
    };

    private static char Letter(int index) => (char)(index < 26 ? 'A' + index : 'a' + index - 26);
}
