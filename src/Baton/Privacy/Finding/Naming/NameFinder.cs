namespace Baton.Privacy.Finding.Naming;

/// <summary>Names of people where the words around them say so: "my name is", "Mr", a greeting, a signature.</summary>
internal static class NameFinder
{
    private const int LongestName = 4;

    /// <summary>Looks at token <paramref name="i"/> as a cue for a name behind it.</summary>
    public static void FindAt(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (token.Is(WordClass.Title) && token.IsCapitalised) AfterTitle(reading, i);
        else if (token.Is(WordClass.Greeting) && token.StartsLine) AfterGreeting(reading, i);
        else if (token.Is(WordClass.SignOff)) AfterSignOff(reading, i);
        else if (token.Is(WordClass.CueName)) AfterPhrase(reading, i);
        if (token.Is(WordClass.FirstName) && token.IsCapitalised) FullName(reading, i);
    }

    private static void AfterTitle(Reading reading, int i)
    {
        var first = reading.Mark(i + 1) == '.' ? i + 2 : i + 1;
        var last = CapitalisedEnd(reading, first);
        if (last < 0 || PublicNames.Hold(reading, i, last)) return;
        Add(reading, first, last, 0.9);
        reading.Add(reading.Tokens[i].Start, reading.Tokens[first - 1].End, PersonalDataType.Title, 0.8);
    }

    private static void AfterGreeting(Reading reading, int i)
    {
        var first = i + 1;
        if (first < reading.Tokens.Length && reading.Tokens[first].Is(WordClass.Greeting)) first++;
        var last = CapitalisedEnd(reading, first);
        if (last < 0 || last - first > 2) return;
        var ends = last + 1 >= reading.Tokens.Length || reading.Tokens[last + 1].StartsLine
            || reading.Mark(last + 1) is ',' or '!' or '.' or '-' or ':';
        if (ends && !reading.Tokens[first].Is(WordClass.City | WordClass.Country)) Add(reading, first, last, 0.75);
    }

    /// <summary>
    /// "Kind regards," and a name alone on the next line (or behind the comma at the end of the text).
    /// </summary>
    private static void AfterSignOff(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var first = i + 1;
        while (first < tokens.Length && first - i < 4
            && (reading.Mark(first) is ',' or '.' or '!' or '-' || !tokens[first].StartsLine
            && tokens[first].Is(WordClass.SignOff | WordClass.Function | WordClass.Greeting))) first++;
        if (first >= tokens.Length || !tokens[first].StartsLine && reading.Mark(first - 1) != ',') return;
        var last = CapitalisedEnd(reading, first);
        if (last < 0) last = tokens[first].Is(WordClass.FirstName) ? first : -1;
        if (last < 0) return;
        var ends = last + 1 >= tokens.Length || tokens[last + 1].StartsLine || reading.Mark(last + 1) is '.' or ',';
        if (ends) Add(reading, first, last, 0.8);
    }

    private static readonly ulong[] NameWords = [.. new[] { "name", "nombre", "nom",
        "nome" }.Select(w => Lexicon.Hash(w))];
    private static readonly ulong[] CalledWords = [.. new[] { "heiße", "heisse", "llamo", "chiamo",
        "appelle" }.Select(w => Lexicon.Hash(w))];
    private static readonly ulong Is = Lexicon.Hash("is");
    private static readonly ulong Am = Lexicon.Hash("am");
    private static readonly ulong ShortAm = Lexicon.Hash("m");
    private static readonly ulong Bin = Lexicon.Hash("bin");

    private static void AfterPhrase(Reading reading, int i)
    {
        var word = reading.Tokens[i].Hash;
        if (NameWords.Contains(word)) AfterName(reading, i);
        else if (CalledWords.Contains(word)) Loose(reading, i + 1, 0.85);
        else if (word == Is && Before(reading, i, "this")) Introduced(reading, i + 1);
        else if (word == Am && Before(reading, i, "i") || word == ShortAm && reading.Mark(i - 1) == '\''
            || word == Bin && Before(reading, i, "ich")) Introduced(reading, i + 1);
    }

    /// <summary>"my name is X", "name: X", "mein Name ist X".</summary>
    private static void AfterName(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var next = i + 1;
        if (reading.Mark(next) is ':' or '=' || reading.Mark(next) == '-' && tokens[next].SpaceBefore)
        {
            Loose(reading, next + 1, 0.9);
            return;
        }
        if (reading.Mark(next) == '\'' && next + 1 < tokens.Length && Same(reading[tokens[next + 1]], "s")) next++;
        else if (next >= tokens.Length || !IsCopula(reading[tokens[next]])) return;
        if (i > 0 && tokens[i - 1].IsWord && !tokens[i - 1].Is(WordClass.Function)
            && !IsNameKind(reading[tokens[i - 1]])) return;
        Loose(reading, next + 1, 0.95);
    }

    private static bool IsCopula(ReadOnlySpan<char> word) =>
        Same(word, "is") || Same(word, "ist") || Same(word, "es") || Same(word, "est") || Same(word, "è");

    private static bool IsNameKind(ReadOnlySpan<char> word) => Same(word, "full") || Same(word, "first")
        || Same(word, "last")
        || Same(word, "maiden") || Same(word, "middle") || Same(word, "real") || Same(word, "legal")
            || Same(word, "account");

    /// <summary>
    /// "I am X", "this is X": only capitalised words, and known as a name or followed by speaking, here, from.
    /// </summary>
    private static void Introduced(Reading reading, int first)
    {
        var last = CapitalisedEnd(reading, first);
        if (last < 0) return;
        var known = reading.Tokens[first].Is(WordClass.FirstName);
        var follows = last + 1 < reading.Tokens.Length && reading[reading.Tokens[last + 1]] is "speaking" or "here"
            or "from" or "calling";
        if (known || follows || last > first && !reading.Tokens[first].Is(WordClass.Nationality | WordClass.City
            | WordClass.Country | WordClass.Title))
            Add(reading, first, last, known || follows ? 0.85 : 0.6);
    }

    /// <summary>Behind a sure cue a name may be written in lower case.</summary>
    private static void Loose(Reading reading, int first, double score)
    {
        var tokens = reading.Tokens;
        if (first >= tokens.Length) return;
        var last = CapitalisedEnd(reading, first);
        if (last >= 0)
        {
            Add(reading, first, last, score);
            return;
        }
        for (var t = first; t < tokens.Length && t < first + 3; t++)
        {
            if (!tokens[t].IsWord || tokens[t].Is(WordClass.Ordinary & ~WordClass.Weekday) || t > first
                && tokens[t].StartsLine) break;
            if (t > first && !tokens[t].Is(WordClass.FirstName | WordClass.LastName | WordClass.Particle)
                && t > first + 1) break;
            last = t;
        }
        if (last >= 0 && tokens[last].Length > 1) Add(reading, first, last, score - 0.15);
    }

    /// <summary>A known first name and a capitalised word behind it.</summary>
    private static void FullName(Reading reading, int i)
    {
        var last = CapitalisedEnd(reading, i);
        if (last <= i) return;
        var known = reading.Tokens[last].Is(WordClass.LastName);
        if (!known && reading.Tokens[i].Is(WordClass.City | WordClass.Country | WordClass.Month)) return;
        if (!PublicNames.Hold(reading, i, last)) Add(reading, i, last, known ? 0.8 : 0.55);
    }

    /// <summary>The last token of a run of capitalised name words, with initials and particles; -1 for none.</summary>
    private static int CapitalisedEnd(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var last = -1;
        for (int t = first, words = 0; t < tokens.Length && words < LongestName; t++)
        {
            var token = tokens[t];
            if (t > first && token.StartsLine) break;
            if (reading.Mark(t) == '.' && last == t - 1 && last >= 0 && tokens[last].Length == 1) continue;
            if (reading.Mark(t) is '-' or '\'' && last == t - 1 && reading.Touch(t - 1, t) && reading.Touch(t, t + 1)
                && t + 1 < tokens.Length && tokens[t + 1].IsCapitalised) continue;
            if (token.Is(WordClass.Particle) && t > first && !token.IsCapitalised) continue;
            if (!token.IsWord || !token.IsCapitalised || token.Is(WordClass.Ordinary)
                || (token.Looks & Looks.Digits) != 0) break;
            last = t;
            words++;
        }
        return last;
    }

    private static void Add(Reading reading, int first, int last, double score) =>
        reading.Add(reading.Tokens[first].Start, reading.Tokens[last].End, PersonalDataType.Person, score);

    private static bool Before(Reading reading, int i, params ReadOnlySpan<string> words)
    {
        for (var w = 0; w < words.Length; w++)
        {
            var at = i - words.Length + w;
            if (at < 0 || !Same(reading[reading.Tokens[at]], words[w])) return false;
        }
        return true;
    }

    private static bool Same(ReadOnlySpan<char> word, string other) =>
        word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
