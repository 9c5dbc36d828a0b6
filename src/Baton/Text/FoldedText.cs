using System.Globalization;
using System.Text;

namespace Baton.Text;

/// <summary>
/// A text as it looks to a reader: invisible characters and accents gone, full-width and styled letters, foreign
/// digits, dashes, quotes and ligatures in their plain form, look-alike letters of other alphabets as the Latin ones
/// they stand for. For comparing only (triggers, exact answers, rules, numbers): never stored, never sent. Case is
/// kept.
/// </summary>
public static class FoldedText
{
    /// <summary>The folded form; the same string when there is nothing to fold, which plain ASCII never has.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var folded = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 128) folded.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                AppendPair(folded, char.ConvertToUtf32(c, text[++i]));
            else Append(folded, c);
        }
        return LookAlikes.InPlace(folded).ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        if (Letters.IsInvisible(c) || IsAccent(c)) return;
        switch (c)
        {
            case '’' or '‘' or 'ʼ' or '´' or '′' or '‛': folded.Append('\''); return;
            case '“' or '”' or '„' or '«' or '»' or '″': folded.Append('"'); return;
            case '\u2212' or '\u02d7': folded.Append('-'); return;
            case '\u212a': folded.Append('K'); return;
            case 'ﬃ': folded.Append("ffi"); return;
            case 'ﬄ': folded.Append("ffl"); return;
            case 'ﬅ' or 'ﬆ': folded.Append("st"); return;
            case >= '\uff01' and <= '\uff5e': folded.Append((char)(c - 0xfee0)); return;
            case >= 'Ⓐ' and <= 'Ⓩ': folded.Append((char)('A' + c - 'Ⓐ')); return;
            case >= 'ⓐ' and <= 'ⓩ': folded.Append((char)('a' + c - 'ⓐ')); return;
            default: AppendByCategory(folded, c); return;
        }
    }

    private static void AppendByCategory(StringBuilder folded, char c)
    {
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.Format: return;
            case UnicodeCategory.DecimalDigitNumber: folded.Append((char)('0' + (int)char.GetNumericValue(c))); return;
            case UnicodeCategory.OtherNumber when char.GetNumericValue(c) is >= 0 and <= 9 and var value
                && value == Math.Floor(value): folded.Append((char)('0' + (int)value)); return;
            case UnicodeCategory.DashPunctuation: folded.Append('-'); return;
            case UnicodeCategory.SpaceSeparator: folded.Append(' '); return;
            case <= UnicodeCategory.OtherLetter: AppendLetter(folded, c); return;
            default: folded.Append(c); return;
        }
    }

    /// <summary>Accents go, case stays.</summary>
    private static void AppendLetter(StringBuilder folded, char c)
    {
        Span<char> plain = stackalloc char[2];
        var length = Letters.Normalize([c], plain);
        if (length == 0) return;
        if (length == 1 && plain[0] >= 128)
        {
            folded.Append(c);
            return;
        }
        var upper = char.IsUpper(c);
        foreach (var letter in plain[..length]) folded.Append(upper ? char.ToUpperInvariant(letter) : letter);
    }

    /// <summary>Mathematical letters and digits, squared capitals, invisible tags; emoji stay as they are.</summary>
    private static void AppendPair(StringBuilder folded, int point)
    {
        switch (point)
        {
            case >= 0x1d7ce and <= 0x1d7ff: folded.Append((char)('0' + (point - 0x1d7ce) % 10)); return;
            case >= 0x1d400 and <= 0x1d6a3:
                var index = (point - 0x1d400) % 52;
                folded.Append((char)(index < 26 ? 'A' + index : 'a' + index - 26));
                return;
            case >= 0x1f130 and <= 0x1f149: folded.Append((char)('A' + point - 0x1f130)); return;
            case >= 0xe0000 and <= 0xe01ef: return;
            default: folded.Append(char.ConvertFromUtf32(point)); return;
        }
    }

    /// <summary>Marks over and through Latin, Greek and Cyrillic letters; other scripts need theirs.</summary>
    private static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036f' or >= '\u1ab0' and <= '\u1aff'
        or >= '\u1dc0' and <= '\u1dff' or >= '\u20d0' and <= '\u20ff' or >= '\ufe20' and <= '\ufe2f';
}
