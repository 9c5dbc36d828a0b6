namespace Baton.Knowledge.Grounding;

/// <summary>Splits words into sentences, as ranges of word numbers.</summary>
internal static class SentenceRanges
{
    private static readonly string[] Abbreviations =
        ["mr", "mrs", "ms", "dr", "st", "e.g", "i.e", "no", "vs", "inc", "approx"];

    public static List<(int Start, int End)> Of(string text, List<GroundingWord> words)
    {
        var ranges = new List<(int, int)>();
        var start = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var gapStart = words[i].Start + words[i].Length;
            var gapEnd = i + 1 < words.Count ? words[i + 1].Start : text.Length;
            if (i + 1 < words.Count && !Ends(text.AsSpan(gapStart, gapEnd - gapStart), words[i].Form)) continue;
            ranges.Add((start, i + 1));
            start = i + 1;
        }
        return ranges;
    }

    private static bool Ends(ReadOnlySpan<char> gap, string before)
    {
        if (gap.Contains('\n') || gap.Contains('|')) return true;
        var mark = gap.IndexOfAny('.', '!', '?');
        if (mark < 0) return false;
        if (gap[mark] == '.' && Abbreviations.Contains(before)) return false;
        return mark + 1 < gap.Length;
    }
}
