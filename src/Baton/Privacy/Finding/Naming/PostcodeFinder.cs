namespace Baton.Privacy.Finding.Naming;

/// <summary>
/// Postcodes that only their place shows: behind a city at the end of an address block, or "in Modena 43015".
/// </summary>
internal static class PostcodeFinder
{
    private const int LongestCity = 4;

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 1; i < tokens.Length; i++)
        {
            if (!tokens[i].IsNumber || tokens[i].Length is < 3 or > 6 || !IsCityWord(reading, i - 1)) continue;
            i = FindAt(reading, i);
        }
    }

    private static int FindAt(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var last = LastPart(reading, i);
        var digits = last == i ? tokens[i].Length : tokens[i].Length + tokens[last].Length;
        if (digits is < 4 or > 7 || reading.CueBefore(i) is not (WordClass.None or WordClass.CueZip)) return last;
        var first = i - 1;
        while (first > 0 && i - first < LongestCity && !tokens[first].StartsLine && IsCityWord(reading, first - 1))
            first--;
        var endsLine = last + 1 == tokens.Length || tokens[last + 1].StartsLine;
        if (endsLine && tokens[first].StartsLine && IsRegion(reading, i - 1) && HasNumberInLineBefore(reading, first))
        {
            var military = reading[tokens[first]] is "APO" or "FPO" or "DPO";
            reading.Add(tokens[military ? first : i].Start, tokens[last].End,
                military ? PersonalDataType.Address : PersonalDataType.Zip, 0.75);
        }
        else if (first > 0 && reading[tokens[first - 1]] is "in" or "from" or "near" && !IsYear(reading, i, last))
            reading.Add(tokens[i].Start, tokens[last].End, PersonalDataType.Zip, digits == 5 ? 0.75 : 0.5);
        return last;
    }

    /// <summary>The second group of "340 12" and "3610-114".</summary>
    private static int LastPart(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var next = reading.Mark(i + 1) == '-' && reading.Touch(i, i + 1) && reading.Touch(i + 1, i + 2) ? i + 2 : i + 1;
        return next < tokens.Length && tokens[next].IsNumber && !tokens[next].StartsLine
            && tokens[next].Length is >= 2 and <= 4 ? next : i;
    }

    /// <summary>"NO", "BW": two capitals.</summary>
    private static bool IsRegion(Reading reading, int i)
    {
        var word = reading[reading.Tokens[i]];
        return word.Length == 2 && char.IsUpper(word[0]) && char.IsUpper(word[1]);
    }

    private static bool IsCityWord(Reading reading, int i)
    {
        if (IsRegion(reading, i)) return true;
        var token = reading.Tokens[i];
        return token.IsWord && (token.Looks & Looks.Digits) == 0 && !token.Is(WordClass.Ordinary | WordClass.Month)
            && (token.IsCapitalised || token.Is(WordClass.Particle));
    }

    private static bool HasNumberInLineBefore(Reading reading, int lineStart)
    {
        for (var t = lineStart - 1; t >= 0; t--)
        {
            if (reading.Tokens[t].IsNumber) return true;
            if (reading.Tokens[t].StartsLine) return false;
        }
        return false;
    }

    private static bool IsYear(Reading reading, int first, int last) =>
        first == last && reading.Number(reading.Tokens[first]) is >= 1900 and <= 2099;
}
