using Baton.Privacy.Finding.Numbers;

namespace Baton.Privacy.Finding;

/// <summary>
/// Codes of letters and digits: IBAN, identity cards, driver licences, passports, postcodes, secrets.
/// </summary>
internal static class CodeFinder
{
    private const int LongestIban = 34;

    /// <summary>Country codes with the length of their IBAN (SWIFT IBAN registry).</summary>
    private const string IbanLengths =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24"
        + "FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24"
        + "ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";

    /// <summary>
    /// Looks at the token with digits at <paramref name="i"/>; returns the last token that is settled.
    /// </summary>
    public static int FindAt(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        if (FindIban(reading, i) is > 0 and var iban) return iban;
        if (FindPostcode(reading, i) is > 0 and var postcode) return postcode;
        if (FindNationalInsurance(reading, i) is > 0 and var insurance) return insurance;
        if (token.Length is 9 or 16 && FindChecked(reading, token)) return i;
        return FindAnnounced(reading, i);
    }

    private static int FindIban(Reading reading, int i)
    {
        var token = reading.Tokens[i];
        var text = reading.Text[token.Start..];
        if (token.Length < 4 || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1])
            || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3])) return 0;
        Span<char> country = [char.ToUpperInvariant(text[0]), char.ToUpperInvariant(text[1])];
        var length = LengthFor(country);
        if (length == 0) return 0;
        Span<char> code = stackalloc char[LongestIban];
        var count = 0;
        for (var t = i; t < reading.Tokens.Length && count < length; t++)
        {
            var next = reading.Tokens[t];
            if (next.IsMark && reading.Mark(t) is '-' or '.') continue;
            if (next.IsMark || count + next.Length > length) return 0;
            foreach (var c in reading[next])
            {
                if (!char.IsAsciiLetterOrDigit(c)) return 0;
                code[count++] = char.ToUpperInvariant(c);
            }
            if (count < length) continue;
            var valid = Checksums.Iban(code[..length]);
            if (!valid && reading.CueBefore(i) != WordClass.CueAccount) return 0;
            reading.Add(token.Start, next.End, PersonalDataType.Iban, valid ? 1 : 0.8);
            return t;
        }
        return 0;
    }

    private static int LengthFor(ReadOnlySpan<char> country)
    {
        for (var i = 0; i < IbanLengths.Length; i += 4)
            if (IbanLengths.AsSpan(i, 2).SequenceEqual(country)) return int.Parse(IbanLengths.AsSpan(i + 2, 2));
        return 0;
    }

    /// <summary>UK "SW1A 1AA" and Canadian "B0J 2H0".</summary>
    private static int FindPostcode(Reading reading, int i)
    {
        if (!IsPostcode(reading, i)) return 0;
        reading.Add(reading.Tokens[i].Start, reading.Tokens[i + 1].End, PersonalDataType.Zip, 0.8);
        return i + 1;
    }

    /// <summary>Whether a postcode of two parts begins at token <paramref name="i"/>.</summary>
    public static bool IsPostcode(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i + 1 >= tokens.Length || tokens[i].Length is < 2 or > 4 || tokens[i + 1].Length != 3) return false;
        if (tokens[i + 1].Start - tokens[i].End != 1 || tokens[i + 1].StartsLine) return false;
        Span<char> form = stackalloc char[8];
        var length = Form(reading[tokens[i]], form);
        form[length++] = ' ';
        length += Form(reading[tokens[i + 1]], form[length..]);
        return form[..length] is "A9 9AA" or "A99 9AA" or "AA9 9AA" or "AA99 9AA" or "A9A 9AA" or "AA9A 9AA"
            or "A9A 9A9";
    }

    /// <summary>Capitals as A, digits as 9, anything else as it is.</summary>
    private static int Form(ReadOnlySpan<char> word, Span<char> form)
    {
        for (var i = 0; i < word.Length; i++)
            form[i] = char.IsAsciiLetterUpper(word[i]) ? 'A' : char.IsAsciiDigit(word[i]) ? '9' : word[i];
        return word.Length;
    }

    /// <summary>UK national insurance: "AB 12 34 56 C" in any spacing.</summary>
    public static int FindNationalInsurance(Reading reading, int i)
    {
        var first = i;
        if (reading.Tokens[i].IsNumber && i > 0 && reading.Tokens[i - 1].Length == 2
            && reading.Tokens[i - 1].IsWord) first--;
        Span<char> code = stackalloc char[9];
        var count = 0;
        for (var t = first; t < reading.Tokens.Length && t < first + 5; t++)
        {
            var token = reading.Tokens[t];
            if (token.IsMark || count + token.Length > 9) return 0;
            foreach (var c in reading[token]) code[count++] = char.ToUpperInvariant(c);
            if (count < 9) continue;
            var valid = char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1])
                && code[8] is >= 'A' and <= 'D'
                && code[2..8].IndexOfAnyExceptInRange('0', '9') < 0 && !"DFIQUV".Contains(code[0])
                    && !"DFIQUVO".Contains(code[1]);
            if (!valid) return 0;
            reading.Add(reading.Tokens[first].Start, token.End, PersonalDataType.NationalId, 0.9);
            return t;
        }
        return 0;
    }

    private static bool FindChecked(Reading reading, TextToken token)
    {
        Span<char> code = stackalloc char[token.Length];
        reading[token].ToUpperInvariant(code);
        var valid = token.Length == 9
            ? code[1..8].IndexOfAnyExceptInRange('0', '9') < 0 && char.IsAsciiLetterUpper(code[8])
                && (char.IsAsciiDigit(code[0]) || code[0] is 'X' or 'Y' or 'Z') && Checksums.Dni(code)
            : IsCodiceForm(code) && Checksums.CodiceFiscale(code);
        if (valid) reading.Add(token.Start, token.End, PersonalDataType.NationalId, 0.95);
        return valid;
    }

    private static bool IsCodiceForm(ReadOnlySpan<char> code)
    {
        foreach (var c in code)
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c)) return false;
        return code[..6].IndexOfAnyExceptInRange('A', 'Z') < 0 && char.IsAsciiLetterUpper(code[8])
            && char.IsAsciiLetterUpper(code[11]) && char.IsAsciiLetterUpper(code[15]);
    }

    /// <summary>
    /// A code that is personal because the words before it say so: "licence number is D245-938-19-203".
    /// </summary>
    private static int FindAnnounced(Reading reading, int i)
    {
        var cue = reading.CueBefore(i);
        var type = cue switch
        {
            WordClass.CueLicence => PersonalDataType.DriverLicence,
            WordClass.CuePassport => PersonalDataType.Passport,
            WordClass.CueNationalId => PersonalDataType.NationalId,
            WordClass.CueAccount => PersonalDataType.Account,
            WordClass.CueSecret => PersonalDataType.Secret,
            _ => PersonalDataType.Literal,
        };
        if (type == PersonalDataType.Literal) return i;
        var tokens = reading.Tokens;
        var first = i;
        while (first >= 2 && i - first < 6 && reading.Mark(first - 1) is '-' or '_' or '@'
            && reading.Touch(first - 1, first)
            && reading.Touch(first - 2, first - 1)) first -= 2;
        var last = i;
        while (last + 2 < tokens.Length && last - i < 10 && reading.Mark(last + 1) is '-' or '/' or '_' or '@'
            && reading.Touch(last, last + 1)
            && reading.Touch(last + 1, last + 2)) last += 2;
        while (last + 1 < tokens.Length && reading.Touch(last, last + 1) && type == PersonalDataType.Secret
            && reading.Mark(last + 1) is '!' or '#' or '$' or '%' or '&' or '*') last++;
        var length = tokens[last].End - tokens[first].Start;
        if (length < 5 || length > 40) return i;
        reading.Add(tokens[first].Start, tokens[last].End, type, 0.8);
        return last;
    }
}
