namespace Baton.Privacy.Finding.Numbers;

/// <summary>
/// Everything that is made of digits but cards: phones, identity numbers, dates, IP addresses, zip codes.
/// </summary>
internal static class NumberFinder
{
    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((tokens[i].Looks & Looks.Digits) == 0) continue;
            i = tokens[i].IsNumber ? FindAt(reading, i) : CodeFinder.FindAt(reading, i);
        }
    }

    /// <summary>Looks at the number that starts at a token; returns the last token that is settled.</summary>
    private static int FindAt(Reading reading, int i)
    {
        var last = DateFinder.FindAt(reading, i);
        if (last > i) return last;
        if (DateFinder.ClockEnd(reading, i) is > 0 and var clock) return clock;
        if (IsPartOfCode(reading, i)) return CodeFinder.FindAt(reading, i);
        if (CodeFinder.FindNationalInsurance(reading, i) is > 0 and var insurance) return insurance;
        last = FindVersion4(reading, i);
        if (last > i) return last;

        Span<char> digits = stackalloc char[NumberRun.MostDigits];
        Span<int> groupEnds = stackalloc int[NumberRun.MostGroups];
        var run = NumberRun.Read(reading, i, digits, groupEnds);
        if (run.Groups == 0) return i;
        var cue = reading.CueBefore(i);
        if (IdentityNumbers.Find(reading, run, cue) is > 0 and var id) return id;
        if (IsMoney(reading, run)) return run.LastToken;
        if (PhoneScore(run, cue) is > 0 and var score)
        {
            reading.Add(run.Start, reading.Tokens[run.LastToken].End, PersonalDataType.Phone, score);
            return run.LastToken;
        }
        return FindAnnounced(reading, run, cue);
    }

    /// <summary>"NW-10023", "#1001", "A.17": the number belongs to a code that letters or a hash sign begin.</summary>
    private static bool IsPartOfCode(Reading reading, int i)
    {
        if (reading.Mark(i - 1) == '#') return true;
        return reading.Mark(i - 1) is '-' or '_' && reading.Touch(i - 1, i) && reading.Touch(i - 2, i - 1)
            && reading.Tokens[i - 2].IsWord;
    }

    private static int FindVersion4(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i + 6 >= tokens.Length) return 0;
        for (var group = 0; group < 4; group++)
        {
            var token = tokens[i + 2 * group];
            if (!token.IsNumber || token.Length > 3 || reading.Number(token) > 255) return 0;
            if (group < 3 && (reading.Mark(i + 2 * group + 1) != '.' || !reading.Touch(i + 2 * group, i + 2 * group + 1)
                || !reading.Touch(i + 2 * group + 1, i + 2 * group + 2))) return 0;
        }
        if (reading.Mark(i + 7) == '.' && reading.Touch(i + 6, i + 7) && i + 8 < tokens.Length
            && reading.Touch(i + 7, i + 8) && tokens[i + 8].IsNumber) return 0;
        if (reading.CueBefore(i) == WordClass.CueVersion) return i + 6;
        reading.Add(tokens[i].Start, tokens[i + 6].End, PersonalDataType.IpAddress, 0.95);
        return i + 6;
    }

    private static bool IsMoney(Reading reading, NumberRun run)
    {
        if (run.HasPlus) return false;
        var next = run.LastToken + 1;
        return IsCurrency(reading.Mark(run.First - 1)) || IsCurrency(reading.Mark(next)) || reading.Mark(next) == '%'
            || (reading.Classes(run.First - 1) & WordClass.CueMoney) != 0
                || (reading.Classes(next) & WordClass.CueMoney) != 0;
    }

    private static bool IsCurrency(char c) =>
        c > 0 && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.CurrencySymbol;

    /// <summary>How much the digits look like a telephone number, 0 when they do not.</summary>
    private static double PhoneScore(NumberRun run, WordClass cue)
    {
        var n = run.Count;
        if (run.HasPlus) return n is >= 7 and <= 16 ? 0.95 : 0;
        if (cue != WordClass.CuePhone && (cue & ~WordClass.CueBirth & ~WordClass.CueAge & ~WordClass.CueCard) != 0)
            return 0;
        if (cue == WordClass.CuePhone) return n is >= 6 and <= 16 ? 0.9 : 0;
        if (run.HasExtension) return n >= 10 ? 0.85 : 0;
        if (run.Digits[0] == '0' && run.Digits[1] == '0' && n >= 10) return 0.8;
        if (run.HasParenthesis) return n is >= 7 and <= 14 && run.Groups > 1 ? 0.85 : 0;
        return run.Groups == 1 ? Unbroken(run) : Grouped(run);
    }

    private static double Unbroken(NumberRun run)
    {
        if (run.Digits[0] == '0' && run.Count is 10 or 11) return 0.65;
        return run.Count == 10 && run.Digits[0] > '1' && run.Digits[3] > '1' ? 0.5 : 0;
    }

    private static double Grouped(NumberRun run)
    {
        if (run.Count is < 7 or > 13 || run.Separator is '*' or '/') return 0;
        var first = run.Digits[0];
        if (run.Count == 10 && run.Groups == 3 && first > '1') return 0.8;
        if (first == '0') return run.Count >= 8 ? 0.75 : 0.4;
        if (run.Groups == 2 && run.Count == 8 && first is '1' or '2' && run.Separator == '-') return 0.3;
        return run.Separator == '.' ? 0.35 : 0.5;
    }

    /// <summary>A number that is personal only because the words before it say so.</summary>
    private static int FindAnnounced(Reading reading, NumberRun run, WordClass cue)
    {
        var first = reading.Tokens[run.First];
        var end = reading.Tokens[run.LastToken].End;
        var n = run.Count;
        var type = cue switch
        {
            WordClass.CueZip when n is >= 3 and <= 9 => PersonalDataType.Zip,
            WordClass.CueNationalId when n is >= 6 and <= 14 => PersonalDataType.NationalId,
            WordClass.CueLicence when n is >= 6 and <= 16 => PersonalDataType.DriverLicence,
            WordClass.CuePassport when n is >= 6 and <= 12 => PersonalDataType.Passport,
            WordClass.CueAccount when n is >= 5 and <= 18 => PersonalDataType.Account,
            WordClass.CueSecret when n is >= 3 and <= 12 && run.Groups == 1 => PersonalDataType.Secret,
            _ => PersonalDataType.Literal,
        };
        if (type != PersonalDataType.Literal)
        {
            reading.Add(first.Start, end, type, 0.8);
            return run.LastToken;
        }
        if (IsAge(reading, run.First)) reading.Add(first.Start, first.End, PersonalDataType.Age, 0.8);
        return run.First;
    }

    /// <summary>"54 years old", "54-year-old", "turned 54", "aged 54", "54 y/o".</summary>
    private static bool IsAge(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (token.Length > 3 || reading.Number(token) is < 1 or > 120) return false;
        if (reading.CueBefore(i) == WordClass.CueAge && (reading.Classes(i - 1) & WordClass.CueAge) != 0) return true;
        var next = reading.Mark(i + 1) == '-' ? i + 2 : i + 1;
        if (next + 1 >= reading.Tokens.Length || !reading[reading.Tokens[next]].StartsWith("y",
            StringComparison.OrdinalIgnoreCase))
            return false;
        var behind = reading.Tokens[reading.Mark(next + 1) is '-' or '/' && next + 2 < reading.Tokens.Length
            ? next + 2 : next + 1];
        return reading[behind].StartsWith("o", StringComparison.OrdinalIgnoreCase) && behind.Length is 1 or 3;
    }
}
