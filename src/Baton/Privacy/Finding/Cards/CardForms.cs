using Baton.Privacy.Finding.Numbers;

namespace Baton.Privacy.Finding.Cards;

/// <summary>What digits have to be like to be a card's number (ISO/IEC 7812, issuers' ranges of 2026).</summary>
internal static class CardForms
{
    public const int Shortest = 12;
    public const int Longest = 19;

    /// <summary>Lengths in the order they are tried: a common one wins over a longer one that fits by chance.</summary>
    public static ReadOnlySpan<byte> Lengths => [16, 15, 14, 19, 18, 17, 13, 12];

    /// <summary>
    /// Is this a card's number? Announced ("my card is") any issuer's first digit will do; otherwise the first digits
    /// and the length have to be those of an issuer, since one order number in ten has a fitting check digit.
    /// </summary>
    public static bool IsCard(ReadOnlySpan<char> digits, bool announced) =>
        (announced ? IsIssued(digits) : IsOfIssuer(digits)) && Checksums.Luhn(digits)
        && digits.IndexOfAnyExcept(digits[0]) >= 0;

    /// <summary>Can an issuer's number begin so? 1 begins time stamps (and an old range of JCB).</summary>
    public static bool IsIssued(ReadOnlySpan<char> digits) =>
        digits[0] is >= '2' and <= '6' || digits.Length == 15 && digits.StartsWith("1800");

    /// <summary>Cards as people copy them: 4-4-4-4, 4-6-5, 4-6-4, 8-8, or every digit or pair by itself.</summary>
    public static bool IsRegular(ReadOnlySpan<byte> groups)
    {
        if (groups.Length == 1) return true;
        if (groups is [4, 6, 5] or [4, 6, 4]) return true;
        var first = groups[0];
        if (first is not (1 or 2 or 4 or 8)) return false;
        foreach (var group in groups[..^1])
            if (group != first) return false;
        return groups[^1] <= first;
    }

    private static bool IsOfIssuer(ReadOnlySpan<char> digits)
    {
        var four = Reading.Number(digits[..4]);
        var two = four / 100;
        return digits.Length switch
        {
            14 => two is 36 or 38 or 39 || four is >= 3000 and <= 3059 or >= 3095 and <= 3099,
            15 => two is 34 or 37,
            16 => two is 36 or 38 or 39 || IsSixteen(four),
            >= 17 => digits[0] == '4' && digits.Length == 19 || two is 62 or 65 || four is 6011 or >= 3528 and <= 3589
                || IsMaestro(four),
            _ => false,
        };
    }

    private static bool IsSixteen(int four) => four is >= 4000 and <= 4999 or >= 5100 and <= 5599 or >= 2221 and <= 2720
        or 6011 or >= 6440 and <= 6599 or >= 3528 and <= 3589 or >= 6200 and <= 6299 or >= 8100 and <= 8199
        or >= 2200 and <= 2204 || IsMaestro(four);

    private static bool IsMaestro(int four) =>
        four is 5018 or 5020 or 5038 or 5893 or 6304 or >= 6759 and <= 6763 or >= 5600 and <= 5899;
}
