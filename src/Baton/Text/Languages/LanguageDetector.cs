namespace Baton.Text.Languages;

/// <summary>
/// Names the language of a text without any service: the writing system first, then common words and sequences of
/// three letters. Honest about short texts: "ok" is <c>und</c>. A text in two languages gets the one with more of it.
/// </summary>
public static class LanguageDetector
{
    /// <summary>
    /// At most this many characters are looked at, in four windows spread over the text: enough to be sure.
    /// </summary>
    private const int MaxCharacters = 240;

    private const int Windows = 4;
    private const double LeastConfidence = 0.55;

    /// <summary>Every code that can be returned, besides <c>und</c>.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. LanguageProfiles.AllCodes, "el", "he", "hi", "bn", "ta", "te", "th", "ko", "ja", "zh", "ka", "hy"];

    /// <summary>The language of <paramref name="text"/>. Any input is answered; cost is bounded.</summary>
    public static DetectedLanguage Detect(string text)
    {
        var windows = Cut(text);
        var (script, share, letters) = LetterScripts.Majority(windows);
        if (letters < 3) return DetectedLanguage.Undetermined;
        if (LetterScripts.OnlyLanguage(script) is { } only)
            return letters < 4 && share < 0.9
                ? DetectedLanguage.Undetermined
                : new DetectedLanguage(only, Math.Round(share, 3));
        return LanguageProfiles.Of(script) is { } profiles
            ? Compare(profiles, windows, script)
            : DetectedLanguage.Undetermined;
    }

    /// <summary>The words of a text, lower case, apostrophes inside kept.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        var from = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (IsLetter(text[i]) || from >= 0 && text[i] is '\'' or '’');
            if (inside && from < 0) from = i;
            if (inside || from < 0) continue;
            yield return text[from..i].ToLowerInvariant().Replace('’', '\'').Trim('\'');
            from = -1;
        }
    }

    private static DetectedLanguage Compare(LanguageProfiles profiles, ReadOnlySpan<char> text, Script script)
    {
        Span<float> scores = stackalloc float[profiles.Codes.Count];
        scores.Clear();
        Span<char> word = stackalloc char[24];
        var (length, words, common, letters) = (0, 0, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (IsLetter(c) && (LetterScripts.Of(c) == script || length > 0) || length > 0 && c is '\'' or '’')
            {
                if (length < word.Length) word[length++] = c == '’' ? '\'' : char.ToLowerInvariant(c);
                continue;
            }
            if (length == 0) continue;
            if (!IsPartOfAddress(text, i - length, i))
            {
                var read = word[..length].TrimEnd('\'');
                if (profiles.Add(read, scores)) common++;
                words++;
                letters += read.Length;
            }
            length = 0;
        }
        return Decide(profiles, scores, words, common, letters);
    }

    /// <summary>
    /// Sequences overlap, so their likelihoods are softened before they become a probability. Few letters, and no
    /// common
    /// word among them, keep the confidence low.
    /// </summary>
    private static DetectedLanguage Decide(
        LanguageProfiles profiles, Span<float> scores, int words, int common, int letters)
    {
        if (words == 0) return DetectedLanguage.Undetermined;
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        double sum = 0;
        foreach (var score in scores) sum += Math.Exp(0.45 * (score - scores[best]));
        var evidence = common > 0 || scores.Length < 6 ? letters + 8.0 * common : 0.6 * letters;
        var confidence = (1 / sum) * (1 - Math.Exp(-evidence / 9));
        return confidence < LeastConfidence
            ? DetectedLanguage.Undetermined
            : new DetectedLanguage(profiles.Codes[best], Math.Round(confidence, 3));
    }

    private static ReadOnlySpan<char> Cut(string text)
    {
        if (text.Length <= MaxCharacters) return text;
        var cut = new char[MaxCharacters + Windows];
        var size = MaxCharacters / Windows;
        for (var w = 0; w < Windows; w++)
        {
            var from = (int)((long)(text.Length - size) * w / (Windows - 1));
            text.AsSpan(from, size).CopyTo(cut.AsSpan(w * (size + 1)));
            cut[w * (size + 1) + size] = ' ';
        }
        return cut;
    }

    /// <summary>Words of links, mail addresses and codes say nothing about the language.</summary>
    private static bool IsPartOfAddress(ReadOnlySpan<char> text, int from, int to)
    {
        var before = from > 0 ? text[from - 1] : ' ';
        var after = to < text.Length ? text[to] : ' ';
        if (before is '@' or '/' or '_' || after is '@' or '/' or '_') return true;
        if (char.IsDigit(before) || char.IsDigit(after)) return true;
        return after == '.' && to + 1 < text.Length && char.IsAsciiLetterLower(text[to + 1])
            || before == '.' && from > 1 && char.IsAsciiLetterOrDigit(text[from - 2])
                && char.IsAsciiLetterLower(text[from]);
    }

    private static bool IsLetter(char c) => char.IsLetter(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
