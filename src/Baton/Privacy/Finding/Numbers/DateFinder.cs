namespace Baton.Privacy.Finding.Numbers;

/// <summary>Dates in digits or with a month's name; a date of birth where the words around it say so.</summary>
internal static class DateFinder
{
    /// <summary>Digits behind the seconds of a time stamp: nanoseconds.</summary>
    private const int LongestFraction = 9;

    /// <summary>A date that begins with the number at <paramref name="i"/>; returns its last token, or 0.</summary>
    public static int FindAt(Reading reading, int i)
    {
        var last = NumericEnd(reading, i);
        if (last == 0) last = NamedEnd(reading, i);
        if (last == 0) return FindYear(reading, i);
        var first = i;
        if (reading.Tokens[last].IsNumber && TimeEnd(reading, last + 1) is > 0 and var time) last = time;
        Add(reading, first, last, 0.85);
        return last;
    }

    /// <summary>
    /// A time of day that begins with the number at <paramref name="i"/>, with seconds and their fraction; returns its
    /// last token, or 0. "2026-11-29T19:46:03.8698506+00:00" has two, and no telephone number among them.
    /// </summary>
    public static int ClockEnd(Reading reading, int i)
    {
        if (!IsSmall(reading, i) || TimeEnd(reading, i) is not (> 0 and var last)) return 0;
        var fraction = last + 2;
        return reading.Mark(last + 1) is '.' or ',' && reading.Touch(last, last + 1)
            && fraction < reading.Tokens.Length && reading.Touch(last + 1, fraction)
            && reading.Tokens[fraction].IsNumber && reading.Tokens[fraction].Length <= LongestFraction
            && !GoesOn(reading, fraction) ? fraction : last;
    }

    /// <summary>Whether more digits follow behind a space, as in "10:30.0786 123 456".</summary>
    private static bool GoesOn(Reading reading, int i) => i + 1 < reading.Tokens.Length
        && reading.Tokens[i + 1].IsNumber && reading.Tokens[i + 1].SpaceBefore;

    /// <summary>"March 12th, 2024", "March 2024", weekdays: dates that begin with a word.</summary>
    public static void FindNamed(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (token.Is(WordClass.Weekday))
            reading.Add(token.Start, token.End, PersonalDataType.Date, token.Length > 5 ? 0.8 : 0.35);
        if (!token.Is(WordClass.Month)) return;
        var next = reading.Mark(i + 1) == '.' ? i + 2 : i + 1;
        if (Day(reading, next) == 0 && !IsYear(reading, next)) return;
        var last = next;
        var year = reading.Mark(last + 1) == ',' ? last + 2 : last + 1;
        if (!IsYear(reading, next) && IsYear(reading, year)) last = year;
        Add(reading, i, last, 0.85);
    }

    private static void Add(Reading reading, int first, int last, double score)
    {
        var isBirth = (reading.CueBefore(first) & WordClass.CueBirth) != 0;
        reading.Add(reading.Tokens[first].Start, reading.Tokens[last].End,
            isBirth ? PersonalDataType.BirthDate : PersonalDataType.Date, isBirth ? 0.95 : score);
    }

    /// <summary>Three numbers with the same separator, of which one can be a day, one a month, one a year.</summary>
    private static int NumericEnd(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i + 4 >= tokens.Length || tokens[i].Length is 3 or > 4) return 0;
        var separator = reading.Mark(i + 1);
        if (separator is not ('/' or '-' or '.') || reading.Mark(i + 3) != separator) return 0;
        for (var t = i; t < i + 4; t++)
            if (!reading.Touch(t, t + 1)) return 0;
        if (!tokens[i + 2].IsNumber || !tokens[i + 4].IsNumber || tokens[i + 2].Length > 2
            || tokens[i + 4].Length > 4) return 0;
        if (reading.Mark(i + 5) == separator && reading.Touch(i + 4, i + 5) && i + 6 < tokens.Length
            && reading.Touch(i + 5, i + 6) && tokens[i + 6].IsNumber) return 0;
        var (a, b, c) = (Number(reading, i), Number(reading, i + 2), Number(reading, i + 4));
        var yearFirst = tokens[i].Length == 4 && a is >= 1800 and < 2200 && b is >= 1 and <= 12 && c is >= 1 and <= 31;
        var yearLast = tokens[i + 4].Length is 2 or 4 && (tokens[i + 4].Length == 2 || c is >= 1800 and < 2200)
            && tokens[i].Length <= 2 && a is >= 1 and <= 31 && b is >= 1 and <= 31 && Math.Min(a, b) <= 12;
        return yearFirst || yearLast ? i + 4 : 0;
    }

    /// <summary>"12 March 2024", "12th of March", "12. März 2024".</summary>
    private static int NamedEnd(Reading reading, int i)
    {
        if (Day(reading, i) == 0) return 0;
        var month = i + 1;
        if (reading.Mark(month) == '.') month++;
        if (month < reading.Tokens.Length && reading[reading.Tokens[month]] is "of" or "de") month++;
        if ((reading.Classes(month) & WordClass.Month) == 0) return 0;
        var year = reading.Mark(month + 1) is ',' or '.' || month + 1 < reading.Tokens.Length
            && reading[reading.Tokens[month + 1]] is "de"
            ? month + 2 : month + 1;
        return IsYear(reading, year) ? year : month;
    }

    private static int FindYear(Reading reading, int i)
    {
        if (!IsYear(reading, i) || reading.Mark(i - 1) is '#' or '-' or '/' or '.'
            or '(' or '+' || reading.Mark(i + 1) is '-' or '/') return 0;
        var isBirth = (reading.CueBefore(i) & WordClass.CueBirth) != 0;
        if (!isBirth && i > 0 && !reading.Tokens[i - 1].IsWord) return 0;
        reading.Add(reading.Tokens[i].Start, reading.Tokens[i].End, PersonalDataType.Date, 0.35);
        return 0;
    }

    /// <summary>hh:mm or hh:mm:ss behind a date.</summary>
    private static int TimeEnd(Reading reading, int i)
    {
        if (i < reading.Tokens.Length && reading[reading.Tokens[i]] is "T" or "at" or ",") i++;
        if (reading.Mark(i + 1) != ':' || !reading.Touch(i, i + 1) || !IsSmall(reading, i)
            || !IsSmall(reading, i + 2)) return 0;
        return reading.Mark(i + 3) == ':' && reading.Touch(i + 2, i + 3) && IsSmall(reading, i + 4) ? i + 4 : i + 2;
    }

    private static bool IsSmall(Reading reading, int i) =>
        i < reading.Tokens.Length && reading.Tokens[i].IsNumber && reading.Tokens[i].Length <= 2;

    private static int Day(Reading reading, int i)
    {
        if ((uint)i >= (uint)reading.Tokens.Length) return 0;
        var word = reading[reading.Tokens[i]];
        if (word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th") word = word[..^2];
        return word.Length is 1 or 2 && Reading.Number(word) is >= 1 and <= 31 and var day ? day : 0;
    }

    private static bool IsYear(Reading reading, int i) => (uint)i < (uint)reading.Tokens.Length
        && reading.Tokens[i].IsNumber && reading.Tokens[i].Length == 4 && Number(reading, i) is >= 1900 and <= 2099;

    private static int Number(Reading reading, int i) => reading.Number(reading.Tokens[i]);
}
