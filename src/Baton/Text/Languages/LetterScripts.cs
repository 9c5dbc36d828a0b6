namespace Baton.Text.Languages;

/// <summary>The writing systems a support desk meets. Those with one language each name it at once.</summary>
internal enum Script
{
    None, Latin, Cyrillic, Arabic, Greek, Hebrew, Devanagari, Bengali, Tamil, Telugu, Thai, Hangul, Kana, Han,
    Georgian, Armenian,
}

/// <summary>Counts which writing system a text mostly uses.</summary>
internal static class LetterScripts
{
    /// <summary>The language of a script that only one of ours uses, or null.</summary>
    public static string? OnlyLanguage(Script script) => script switch
    {
        Script.Greek => "el",
        Script.Hebrew => "he",
        Script.Devanagari => "hi",
        Script.Bengali => "bn",
        Script.Tamil => "ta",
        Script.Telugu => "te",
        Script.Thai => "th",
        Script.Hangul => "ko",
        Script.Kana => "ja",
        Script.Han => "zh",
        Script.Georgian => "ka",
        Script.Armenian => "hy",
        _ => null,
    };

    /// <summary>
    /// The script with most letters, the share it has, and its letters. A syllable or ideograph counts as two letters,
    /// as it says more. Japanese is any text with a tenth of kana among its ideographs.
    /// </summary>
    public static (Script Script, double Share, int Letters) Majority(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[(int)Script.Armenian + 1];
        counts.Clear();
        var total = 0;
        foreach (var c in text)
        {
            var script = Of(c);
            if (script == Script.None) continue;
            var weight = script is Script.Han or Script.Kana or Script.Hangul ? 2 : 1;
            counts[(int)script] += weight;
            total += weight;
        }
        if (counts[(int)Script.Kana] * 10 >= counts[(int)Script.Han] && counts[(int)Script.Kana] > 0)
        {
            counts[(int)Script.Kana] += counts[(int)Script.Han];
            counts[(int)Script.Han] = 0;
        }
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            if (counts[i] > counts[best]) best = i;
        return ((Script)best, total == 0 ? 0 : (double)counts[best] / total, counts[best]);
    }

    public static Script Of(char c) => c switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => Script.Latin,
        < '\u00C0' => Script.None,
        <= '\u024F' => c is '×' or '÷' ? Script.None : Script.Latin,
        >= '\u1E00' and <= '\u1EFF' => Script.Latin,
        >= '\u0370' and <= '\u03FF' => Script.Greek,
        >= '\u0400' and <= '\u052F' => Script.Cyrillic,
        >= '\u0530' and <= '\u058F' => Script.Armenian,
        >= '\u0590' and <= '\u05FF' => Script.Hebrew,
        >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' => Script.Arabic,
        >= '\u0900' and <= '\u097F' => Script.Devanagari,
        >= '\u0980' and <= '\u09FF' => Script.Bengali,
        >= '\u0B80' and <= '\u0BFF' => Script.Tamil,
        >= '\u0C00' and <= '\u0C7F' => Script.Telugu,
        >= '\u0E00' and <= '\u0E7F' => Script.Thai,
        >= '\u10A0' and <= '\u10FF' => Script.Georgian,
        >= '\u1100' and <= '\u11FF' or >= '\uAC00' and <= '\uD7AF' => Script.Hangul,
        >= '\u3040' and <= '\u30FF' => Script.Kana,
        >= '\u3400' and <= '\u9FFF' => Script.Han,
        _ => Script.None,
    };
}
