namespace Baton.Privacy.Finding.Naming;

/// <summary>
/// Organisations by their legal form ("Hartmann Ltd") or behind words of employment ("I work for …").
/// </summary>
internal static class OrganisationFinder
{
    private const int LongestName = 5;

    /// <summary>Looks at token <paramref name="i"/> as the end of a name or as a cue before one.</summary>
    public static void FindAt(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (token.Is(WordClass.OrganisationEnd) && token.IsCapitalised) BeforeForm(reading, i);
        if (token.Is(WordClass.CueEmployer)) AfterCue(reading, i);
    }

    private static void BeforeForm(Reading reading, int i)
    {
        var first = i;
        while (i - first < LongestName && Before(reading, first) is > -1 and var before) first = before;
        if (first == i || reading.Tokens[first].Is(WordClass.Function) && first + 1 == i) return;
        if (reading.Tokens[first].Is(WordClass.Function)) first++;
        reading.Add(reading.Tokens[first].Start, reading.Tokens[i].End, PersonalDataType.Organisation, 0.6);
    }

    /// <summary>The capitalised word before a token, over "&amp;", a comma or a hyphen; -1 for none.</summary>
    private static int Before(Reading reading, int i)
    {
        if (i == 0 || reading.Tokens[i].StartsLine) return -1;
        var before = i - 1;
        if (reading.Mark(before) is '&' or '-' or ',' && before > 0 && !reading.Tokens[before].StartsLine) before--;
        return IsNameWord(reading, before) ? before : -1;
    }

    /// <summary>"work for", "employed by", "CEO of" and capitalised words.</summary>
    private static void AfterCue(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i + 2 >= tokens.Length || tokens[i + 1].StartsLine
            || reading[tokens[i + 1]] is not ("for" or "at" or "with" or "by" or "of")) return;
        var last = i + 1;
        while (last + 1 < tokens.Length && last - i <= LongestName && IsNameWord(reading, last + 1)
            && !tokens[last + 1].StartsLine) last++;
        if (last == i + 1 || tokens[i + 2].Is(WordClass.Ordinary | WordClass.FirstName)) return;
        reading.Add(tokens[i + 2].Start, tokens[last].End, PersonalDataType.Organisation, 0.5);
    }

    private static bool IsNameWord(Reading reading, int i) =>
        reading.Tokens[i].IsWord && reading.Tokens[i].IsCapitalised;
}
