namespace Baton.Knowledge.Markdown;

/// <summary>Finds the sentences of running text, as places in it.</summary>
internal static class Sentences
{
    private static readonly string[] Abbreviations =
        ["e.g.", "i.e.", "etc.", "approx.", "incl.", "no.", "mr.", "mrs.", "ms.", "dr.", "vs.", "st."];

    public static IEnumerable<(int Start, int End)> In(string text, int start, int end)
    {
        var begin = start;
        for (var i = start; i < end; i++)
        {
            if (!EndsAt(text, i, begin, end)) continue;
            if (Trimmed(text, begin, i + 1) is { } sentence) yield return sentence;
            begin = i + 1;
        }
        if (Trimmed(text, begin, end) is { } last) yield return last;
    }

    private static bool EndsAt(string text, int at, int begin, int end)
    {
        if (text[at] is not ('.' or '!' or '?')) return false;
        var next = at + 1;
        if (next >= end) return true;
        if (!char.IsWhiteSpace(text[next])) return false;
        while (next < end && char.IsWhiteSpace(text[next])) next++;
        if (next < end && char.IsLower(text[next])) return false;
        var word = text.AsSpan(begin, at + 1 - begin);
        word = word[(word.LastIndexOfAny(' ', '\n', '(') + 1)..];
        foreach (var abbreviation in Abbreviations)
            if (word.Equals(abbreviation, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    private static (int, int)? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return start < end ? (start, end) : null;
    }
}
