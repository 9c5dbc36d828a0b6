using System.Globalization;

namespace Baton.Text;

/// <summary>
/// Classes of characters and the normal form of a token: lower case, compatibility forms of Latin letters replaced
/// (full width, ligatures, curly apostrophes), accents folded, invisible characters removed.
/// The runtime's own normalisation is not there in invariant mode, and would allocate.
/// </summary>
public static class Letters
{
    private const byte Letter = 1, Digit = 2, Alone = 4, Invisible = 8, Starts = 16;

    // One look-up per character instead of a chain of category tests: tokenising is the inner loop of every model.
    private static readonly byte[] Classes = BuildClasses();
    private static readonly char[] Folded = BuildFolded();

    internal static bool IsLetterOrDigit(char c) => (Classes[c] & (Letter | Digit)) != 0;

    internal static bool IsDigit(char c) => (Classes[c] & Digit) != 0;

    /// <summary>Ideographs and kana: scripts without spaces, where every character is taken as a word.</summary>
    internal static bool StandsAlone(char c) => (Classes[c] & Alone) != 0;

    internal static bool IsInvisible(char c) => (Classes[c] & Invisible) != 0;

    internal static bool StartsToken(char c) => (Classes[c] & Starts) != 0;

    internal static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '´' or '`';

    /// <summary>
    /// Writes the normal form of <paramref name="token"/> and returns its length, at most twice that of the token.
    /// </summary>
    /// <param name="token">Any text; white space is kept.</param>
    /// <param name="destination">At least twice as long as the token.</param>
    /// <param name="keepAccents">True leaves <c>é</c> as it is, for what tells languages apart.</param>
    public static int Normalize(ReadOnlySpan<char> token, Span<char> destination, bool keepAccents = false)
    {
        var length = 0;
        foreach (var c in token)
        {
            if (c < 128)
            {
                destination[length++] = c is >= 'A' and <= 'Z' ? (char)(c | 32) : c == '`' ? '\'' : c;
                continue;
            }
            if (IsInvisible(c)) continue;
            var plain = keepAccents && c is >= '\u00c0' and < '\u0180' ? char.ToLowerInvariant(c) : Folded[c];
            if (plain == 0) continue;
            destination[length++] = plain;
            if (Second(c, keepAccents) is var second and not '\0') destination[length++] = second;
        }
        return length;
    }

    /// <summary>The normal form as a string, for code that is not an inner loop.</summary>
    public static string Normalize(string text, bool keepAccents = false)
    {
        var buffer = new char[text.Length * 2];
        return new string(buffer, 0, Normalize(text, buffer, keepAccents));
    }

    /// <summary>The second letter of a character that stands for two.</summary>
    private static char Second(char c, bool keepAccents) => c switch
    {
        'ﬁ' => 'i',
        'ﬂ' => 'l',
        'ﬀ' => 'f',
        'ß' or 'ẞ' when !keepAccents => 's',
        'æ' or 'Æ' or 'œ' or 'Œ' when !keepAccents => 'e',
        _ => '\0',
    };

    private static byte[] BuildClasses()
    {
        var classes = new byte[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++) classes[i] = ClassOf((char)i);
        return classes;
    }

    private static byte ClassOf(char c)
    {
        if (c is >= '\u200b' and <= '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2060' and <= '\u2064'
            or '\u00ad' or '\ufeff' or '\u180e' or >= '\ufe00' and <= '\ufe0f') return Invisible;
        var category = char.GetUnicodeCategory(c);
        var letter = category <= UnicodeCategory.OtherLetter;
        if (letter && c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff')
            return Letter | Alone | Starts;
        if (letter) return Letter | Starts;
        return category switch
        {
            UnicodeCategory.DecimalDigitNumber => Digit | Starts,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Letter | Starts,
            UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format => 0,
            UnicodeCategory.Surrogate when char.IsLowSurrogate(c) => 0,
            _ => Starts,
        };
    }

    /// <summary>Lower case and folding for every character; 0 drops it (combining accents).</summary>
    private static char[] BuildFolded()
    {
        var folded = new char[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++) folded[i] = char.ToLowerInvariant((char)i);
        for (var i = 0xff01; i <= 0xff5e; i++) folded[i] = char.ToLowerInvariant((char)(i - 0xfee0));
        for (var i = 0x300; i <= 0x36f; i++) folded[i] = '\0';
        foreach (var c in "’‘ʼ´") folded[c] = '\'';
        foreach (var c in "“”„«»") folded[c] = '"';
        foreach (var c in "‐‑–—−") folded[c] = '-';
        (folded['ﬁ'], folded['ﬂ'], folded['ﬀ']) = ('f', 'f', 'f');
        const string Accents =
            "aàáâãäåāăąæ cçćĉċč dďđð eèéêëēĕėęě gĝğġģ hĥħ iìíîïĩīĭįı jĵ kķ lĺļľŀł nñńņňŉ oòóôõöøōŏőœ rŕŗř " +
            "sśŝşšșß tţťŧț uùúûüũūŭůűų wŵ yýÿŷ zźżž";
        foreach (var group in Accents.Split(' '))
        {
            foreach (var c in group)
            {
                folded[c] = group[0];
                folded[char.ToUpperInvariant(c)] = group[0];
            }
        }
        return folded;
    }
}
