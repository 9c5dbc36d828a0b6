namespace Baton.Privacy.Finding.Naming;

/// <summary>
/// Street addresses: number and street in either order, with what follows of unit, zip, city and country.
/// </summary>
internal static class AddressFinder
{
    private const int LongestStreet = 5;

    private static readonly string[] Suffixes = ["straße", "strasse", "str", "gasse", "weg", "platz", "allee", "straat",
        "laan", "gatan", "vägen", "veien", "vej", "gade", "gata", "katu", "utca", "plein", "ufer", "damm", "ring"];

    private static readonly bool[] LastTwo = Endings();

    /// <summary>Looks at token <paramref name="i"/> as the start of an address; returns its last token, or 0.</summary>
    public static int FindAt(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        var last = char.IsAsciiDigit(reading.Text[token.Start]) ? AfterNumber(reading, i)
            : token.IsWord ? BeforeNumber(reading, i) : 0;
        if (last == 0) return 0;
        var end = Extend(reading, last);
        var first = token.Is(WordClass.PostBox) ? PostBoxStart(reading, i) : i;
        reading.Add(reading.Tokens[first].Start, reading.Tokens[end].End, PersonalDataType.Address, 0.8);
        return end;
    }

    /// <summary>"the corner of Oak Lane and 5th Street"; returns its last token, or 0.</summary>
    public static int FindCorner(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i + 4 >= tokens.Length || reading[tokens[i + 1]] is not "of" || !IsName(reading, i + 2)) return 0;
        var and = i + 2;
        while (and < tokens.Length && and - i < 10 && reading[tokens[and]] is not ("and" or "&"))
        {
            if (tokens[and].StartsLine || tokens[and].IsMark && reading.Mark(and) is not ('.' or '-' or '\'')) return 0;
            and++;
        }
        if (and + 1 >= tokens.Length || and - i == 10 || !IsName(reading, and + 1) && !tokens[and + 1].IsNumber)
            return 0;
        var last = EndOfName(reading, and + 1);
        var first = i > 0 && reading[tokens[i - 1]] is "the" or "The" ? i - 1 : i;
        reading.Add(tokens[first].Start, tokens[last].End, PersonalDataType.Address, 0.8);
        return last;
    }

    /// <summary>The first token of "10 P.O. Box" before its last word.</summary>
    private static int PostBoxStart(Reading reading, int box)
    {
        var first = box;
        while (first > 0 && box - first < 5 && !reading.Tokens[first].StartsLine
            && (reading.Mark(first - 1) == '.' || reading.Tokens[first - 1].Length == 1)) first--;
        return first > 0 && reading.Tokens[first - 1].IsNumber && !reading.Tokens[first].StartsLine ? first - 1 : first;
    }

    /// <summary>"221B Baker Street", "12 rue de la Paix".</summary>
    private static int AfterNumber(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (tokens[i].Length > 6 || reading.Mark(i - 1) == '#' || IsOfCode(reading, i)) return 0;
        var next = i + 1;
        if (reading.Mark(next) == ',') next++;
        for (var t = next; t < tokens.Length && t <= next + LongestStreet; t++)
        {
            var token = tokens[t];
            if (token.StartsLine || token.IsMark && reading.Mark(t) is not ('.' or '\'' or '-')) return 0;
            if (t == next && token.Is(WordClass.StreetLead) && token.IsCapitalised | t + 1 < tokens.Length
                && IsName(reading, t + 1))
                return EndOfName(reading, t + 1);
            if (t > next && token.Is(WordClass.Street)) return t;
            if (!token.IsMark && !IsName(reading, t) && !token.Is(WordClass.Region | WordClass.Particle)) return 0;
            if ((t > next || token.Length > 5) && EndsAsStreet(reading[token], 3)) return t;
        }
        return 0;
    }

    /// <summary>The "10004" of "order NW-10004 via UPS".</summary>
    private static bool IsOfCode(Reading reading, int i) => i > 1 && reading.Mark(i - 1) == '-'
        && !reading.Tokens[i].SpaceBefore && !reading.Tokens[i - 1].SpaceBefore && reading.Tokens[i - 2].IsWord;

    /// <summary>"Hauptstraße 12", "Calle Mayor 12", "P.O. Box 12".</summary>
    private static int BeforeNumber(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var token = tokens[i];
        if (token.Is(WordClass.StreetLead) && i + 2 < tokens.Length && IsName(reading, i + 1))
        {
            var number = EndOfName(reading, i + 1) + 1;
            if (reading.Mark(number) == ',') number++;
            return IsHouseNumber(reading, number) ? number : 0;
        }
        if (token.Is(WordClass.PostBox) && i + 1 < tokens.Length
            && tokens[i + 1].IsNumber && i >= 2 && reading[tokens[i - 2]].Equals("o",
                StringComparison.OrdinalIgnoreCase)) return i + 1;
        if (!token.IsCapitalised || token.Length < 6) return 0;
        var behind = reading.Mark(i + 1) == '.' ? i + 2 : i + 1;
        if (!IsHouseNumber(reading, behind) || !tokens[behind].SpaceBefore) return 0;
        return EndsAsStreet(reading[token], 0) ? behind : 0;
    }

    /// <summary>A word with an ending such as "straße" behind at least so many letters.</summary>
    private static bool EndsAsStreet(ReadOnlySpan<char> word, int before)
    {
        if (word.Length < 3 || !LastTwo[LastTwoOf(word)]) return false;
        foreach (var suffix in Suffixes)
            if (word.Length >= suffix.Length + before
                && word.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The last two letters without their case, as a number below 1024.</summary>
    private static int LastTwoOf(ReadOnlySpan<char> word) => word[^2] & 31 | (word[^1] & 31) << 5;

    private static bool[] Endings()
    {
        var result = new bool[1024];
        foreach (var suffix in Suffixes) result[LastTwoOf(suffix)] = true;
        return result;
    }

    private static bool IsHouseNumber(Reading reading, int i) => (uint)i < (uint)reading.Tokens.Length
        && (reading.Tokens[i].Looks & Looks.Digits) != 0 && reading.Tokens[i].Length <= 5
            && !reading.Tokens[i].StartsLine
        && char.IsAsciiDigit(reading.Text[reading.Tokens[i].Start]);

    private static bool IsName(Reading reading, int i)
    {
        if ((uint)i >= (uint)reading.Tokens.Length) return false;
        var token = reading.Tokens[i];
        return token.IsCapitalised && token.IsWord || token.Is(WordClass.Particle)
            || (token.Looks & Looks.Digits) != 0 && token.IsWord && token.Length <= 5;
    }

    private static int EndOfName(Reading reading, int i)
    {
        var last = i;
        while (last + 1 < reading.Tokens.Length && last - i < LongestStreet && !reading.Tokens[last + 1].StartsLine
            && (IsName(reading, last + 1) || reading.Tokens[last + 1].Is(WordClass.StreetLead))) last++;
        return last;
    }

    /// <summary>Takes in ", Apt. 4", "Suite 5", and a zip code with its city and country.</summary>
    private static int Extend(Reading reading, int last)
    {
        for (var round = 0; round < 6; round++)
        {
            var next = last + 1;
            while (next < reading.Tokens.Length && next - last <= 2 && reading.Mark(next) is ',' or '.' or '-'
                or '#') next++;
            var step = Step(reading, next);
            if (step == 0) return last;
            last = step;
        }
        return last;
    }

    private static int Step(Reading reading, int i)
    {
        if (i >= reading.Tokens.Length) return 0;
        var token = reading.Tokens[i];
        if (token.Is(WordClass.Unit))
        {
            var value = reading.Mark(i + 1) is '.' or '#' ? i + 2 : i + 1;
            return value < reading.Tokens.Length && !reading.Tokens[value].IsMark && reading.Tokens[value].Length < 6
                && (reading.Tokens[value].Looks & Looks.Digits) != 0 | reading.Tokens[value].Length == 1 ? value : 0;
        }
        // "NW1 6XE" belongs to the address as a ZIP code does: cut off, an order would go to a place without one.
        if (CodeFinder.IsPostcode(reading, i)) return i + 1;
        if (token.IsNumber && token.Length is >= 4 and <= 6)
        {
            var zip4 = reading.Mark(i + 1) == '-' && i + 2 < reading.Tokens.Length && reading.Tokens[i + 2].IsNumber
                ? i + 2 : i;
            return zip4;
        }
        return token.IsCapitalised && token.IsWord && token.Is(WordClass.City | WordClass.Region | WordClass.Country)
            || IsBetweenMarks(reading, i) ? i : 0;
    }

    /// <summary>An unknown capitalised word that a zip code or region stands beside: the city.</summary>
    private static bool IsBetweenMarks(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (!token.IsCapitalised || !token.IsWord || token.Is(WordClass.Ordinary)) return false;
        var afterZip = i > 0 && reading.Tokens[i - 1].IsNumber && reading.Tokens[i - 1].Length >= 4;
        var next = reading.Mark(i + 1) == ',' ? i + 2 : i + 1;
        var beforeZip = next < reading.Tokens.Length
            && (reading.Tokens[next].IsNumber && reading.Tokens[next].Length >= 4
            || reading.Tokens[next].Is(WordClass.Region) && reading.Tokens[next].Length == 2
            || CodeFinder.IsPostcode(reading, next));
        return afterZip || beforeZip;
    }
}
