using System.Buffers;

namespace Baton.Privacy.Finding.Secrets;

/// <summary>
/// Secrets that the text announces: "password is X", "Passwort: X", "API key = X", "one-time code 448812". Keys that
/// need no announcement are <see cref="KeyFinder"/>'s.
/// </summary>
internal static class SecretFinder
{
    private const int Longest = 256;
    private const int Shortest = 4;

    private const string Quotes = "\"'`\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'-");

    /// <summary>Looks behind a word such as "password".</summary>
    public static void FindAt(Reading reading, int i)
    {
        if (reading.Tokens[i].Is(WordClass.CueCode) && !SecretWords.CompletesCue(reading, i)) return;
        var next = SecretWords.SkipAnnouncement(reading, i, out var announced);
        if (next >= reading.Tokens.Length) return;
        // Found before: what follows is the sentence.
        if (IsOpaque(reading.Text[reading.Tokens[next].Start..WordEnd(reading.Text, reading.Tokens[next].Start)]))
            return;
        if (reading.Tokens[i].Is(WordClass.CueCode) && SecretWords.IsCode(reading, i))
        {
            FindCode(reading, next, announced);
            return;
        }
        var start = reading.Tokens[next].Start;
        if (Quotes.Contains(reading.Mark(next)) && QuotedEnd(reading.Text, start) is > 0 and var close)
        {
            if (close - start > Shortest) reading.Add(start + 1, close, PersonalDataType.Secret, 0.95);
            return;
        }
        var end = WordEnd(reading.Text, start);
        var isKey = SecretWords.IsKey(reading, i);
        if (end - start < (isKey ? 12 : Shortest)) return;
        if (Looks(reading, i, next, end, announced, isKey)) reading.Add(start, end, PersonalDataType.Secret, 0.9);
        else if (announced == Announcement.Colon && !isKey) FindPhrase(reading, i, next, end);
    }

    private static bool IsOpaque(ReadOnlySpan<char> word) =>
        word.Length > 0 && word[0] == Folding.Opaque && !word.ContainsAnyInRange('0', '9')
        && !word.ContainsAnyInRange('a', 'z') && !word.ContainsAnyInRange('A', 'Z');

    /// <summary>"the password is wrong" announces nothing: a plain lower-case word needs quotes or a colon.</summary>
    private static bool Looks(Reading reading, int cue, int next, int end, Announcement announced, bool isKey)
    {
        var value = reading.Text[reading.Tokens[next].Start..end];
        if (SecretWords.IsPlaceholder(value)) return false;
        var odd = value.IndexOfAnyExcept(Plain) >= 0;
        if (isKey) return announced != Announcement.None && odd && value.ContainsAnyInRange('0', '9');
        if (announced == Announcement.None)
            return next == cue + 1 && odd && value.ContainsAnyInRange('0', '9') && HasLetter(value);
        return odd ? HasLetter(value) || value.ContainsAnyInRange('0', '9') : IsCapitalisedName(value);
    }

    /// <summary>"Swordfish", "blueHorse", but not "NOT" and not "I'm".</summary>
    private static bool IsCapitalisedName(ReadOnlySpan<char> value) =>
        value.ContainsAnyInRange('A', 'Z') && value.ContainsAnyInRange('a', 'z') && !value.Contains('\'');

    private static bool HasLetter(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
            if (char.IsLetter(c)) return true;
        return false;
    }

    /// <summary>"Password: correct horse battery" on its own line: all, when it reads as no sentence.</summary>
    private static void FindPhrase(Reading reading, int cue, int next, int firstEnd)
    {
        var start = reading.Tokens[next].Start;
        if (SecretWords.IsOrdinary(reading.Text[start..firstEnd])) return;
        var line = reading.Text[start..];
        var length = line.IndexOfAny('\n', '\r');
        if (length < 0) length = line.Length;
        var words = 1;
        foreach (var c in line[..Math.Min(length, Longest)])
            if (c == ' ') words++;
        var named = reading[reading.Tokens[cue]];
        var alone = reading.Tokens[cue].StartsLine || named.Equals("passphrase", StringComparison.OrdinalIgnoreCase);
        var end = alone && words <= 6 && length <= Longest ? start + length : firstEnd;
        while (end > start && reading.Text[end - 1] is ' ' or '.' or ',') end--;
        if (end - start >= Shortest) reading.Add(start, end, PersonalDataType.Secret, 0.85);
    }

    /// <summary>"one-time code is 448 812", "G-448812", "security code: 737".</summary>
    private static void FindCode(Reading reading, int next, Announcement announced)
    {
        var tokens = reading.Tokens;
        var lettered = tokens[next].Length == 1 && tokens[next].IsWord && reading.Mark(next + 1) == '-';
        if (lettered && next + 2 < tokens.Length) next += 2;
        var last = next;
        if (tokens[last].IsNumber && tokens[last].Length <= 4 && last + 1 < tokens.Length)
        {
            var second = reading.Mark(last + 1) == '-' && reading.Touch(last, last + 1) ? last + 2 : last + 1;
            if (second < tokens.Length && tokens[second].IsNumber && tokens[second].Length == tokens[last].Length
                && !tokens[second].StartsLine) last = second;
        }
        var length = tokens[last].End - tokens[next].Start;
        var digits = (tokens[next].Looks & Finding.Looks.Digits) != 0;
        if (digits && length is >= 3 and <= 12 && (announced != Announcement.None || tokens[next].IsNumber))
            reading.Add(tokens[next].Start, tokens[last].End, PersonalDataType.Secret, 0.9);
    }

    /// <summary>Where the quote that opens here is closed, on the same line, or 0.</summary>
    private static int QuotedEnd(ReadOnlySpan<char> text, int open)
    {
        var closing = text[open] switch
        {
            '\u201c' or '\u201e' => "\u201d\u201c\"",
            '\u00ab' => "\u00bb",
            '\u00bb' => "\u00ab",
            '\u2039' => "\u203a",
            '\u203a' => "\u2039",
            var same => same.ToString(),
        };
        var rest = text.Slice(open + 1, Math.Min(Longest, text.Length - open - 1));
        var line = rest.IndexOfAny('\n', '\r');
        if (line >= 0) rest = rest[..line];
        var close = rest.IndexOfAny(closing);
        return close < 0 ? 0 : open + 1 + close;
    }

    /// <summary>The end of the run without white space, without the sentence's own punctuation.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < Longest && !char.IsWhiteSpace(text[end])) end++;
        if (text[start..end].IndexOf("&nbsp;") is > 0 and var space) end = start + space;
        while (end > start && (text[end - 1] is '.' or ',' or ';' || Quotes.Contains(text[end - 1])
            || text[end - 1] == ')' && !text[start..end].Contains('('))) end--;
        return end;
    }
}
