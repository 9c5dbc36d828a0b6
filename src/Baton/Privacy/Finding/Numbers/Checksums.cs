namespace Baton.Privacy.Finding.Numbers;

/// <summary>
/// Check digits of the numbers that have some. Inputs are digits (and letters where noted) without separators.
/// </summary>
internal static class Checksums
{
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    private static readonly int[] CodiceOdd =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    private static readonly byte[,] VerhoeffD =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 2, 3, 4, 0, 6, 7, 8, 9, 5 }, { 2, 3, 4, 0, 1, 7, 8, 9, 5, 6 },
        { 3, 4, 0, 1, 2, 8, 9, 5, 6, 7 }, { 4, 0, 1, 2, 3, 9, 5, 6, 7, 8 }, { 5, 9, 8, 7, 6, 0, 4, 3, 2, 1 },
        { 6, 5, 9, 8, 7, 1, 0, 4, 3, 2 }, { 7, 6, 5, 9, 8, 2, 1, 0, 4, 3 }, { 8, 7, 6, 5, 9, 3, 2, 1, 0, 4 },
        { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 },
    };

    private static readonly byte[,] VerhoeffP =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 5, 7, 6, 2, 8, 3, 0, 9, 4 }, { 5, 8, 0, 3, 7, 9, 6, 1, 4, 2 },
        { 8, 9, 1, 6, 0, 4, 3, 5, 2, 7 }, { 9, 4, 5, 3, 1, 2, 6, 8, 7, 0 }, { 4, 2, 8, 6, 5, 7, 3, 9, 0, 1 },
        { 2, 7, 9, 3, 8, 0, 6, 4, 1, 5 }, { 7, 0, 4, 6, 9, 1, 3, 2, 5, 8 },
    };

    /// <summary>Payment cards, Swedish personal numbers (ISO/IEC 7812-1).</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if ((i & 1) == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>
    /// IBAN (ISO 13616): capital letters and digits; remainder 1 of 97 after moving four characters back.
    /// </summary>
    public static bool Iban(ReadOnlySpan<char> code)
    {
        var remainder = 0;
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[(i + 4) % code.Length];
            var value = c is >= '0' and <= '9' ? c - '0' : c - 'A' + 10;
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
        }
        return remainder == 1;
    }

    /// <summary>Spanish DNI and NIE: eight digits (or X, Y, Z and seven) and a letter.</summary>
    public static bool Dni(ReadOnlySpan<char> code)
    {
        var number = code[0] switch { 'X' => 0, 'Y' => 1, 'Z' => 2, var c => c - '0' };
        foreach (var c in code[1..8]) number = number * 10 + c - '0';
        return DniLetters[number % 23] == code[8];
    }

    /// <summary>Italian codice fiscale: fifteen characters and a check letter.</summary>
    public static bool CodiceFiscale(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = code[i] is >= '0' and <= '9' ? code[i] - '0' : code[i] - 'A';
            sum += (i & 1) == 0 ? CodiceOdd[value] : value;
        }
        return code[15] - 'A' == sum % 26;
    }

    /// <summary>French NIR: thirteen digits and a two-digit key.</summary>
    public static bool Nir(ReadOnlySpan<char> digits) =>
        97 - long.Parse(digits[..13]) % 97 == int.Parse(digits[13..15]);

    /// <summary>German tax id: eleven digits, ISO 7064 MOD 11,10.</summary>
    public static bool SteuerId(ReadOnlySpan<char> digits)
    {
        if (digits[0] == '0') return false;
        var product = 10;
        for (var i = 0; i < 10; i++)
        {
            var sum = (digits[i] - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits[10] - '0';
    }

    /// <summary>Polish PESEL: eleven digits.</summary>
    public static bool Pesel(ReadOnlySpan<char> digits) => (10 - Weighted(digits[..10], [1, 3, 7, 9]) % 10) % 10
        == digits[10] - '0';

    /// <summary>Dutch BSN: nine digits.</summary>
    public static bool Bsn(ReadOnlySpan<char> digits) =>
        (Weighted(digits[..8], [9, 8, 7, 6, 5, 4, 3, 2]) - (digits[8] - '0')) % 11 == 0;

    /// <summary>Brazilian CPF: eleven digits, not all equal.</summary>
    public static bool Cpf(ReadOnlySpan<char> digits)
    {
        if (digits.IndexOfAnyExcept(digits[0]) < 0) return false;
        return CpfDigit(digits[..9]) == digits[9] - '0' && CpfDigit(digits[..10]) == digits[10] - '0';
    }

    /// <summary>Indian Aadhaar: twelve digits (Verhoeff 1969).</summary>
    public static bool Aadhaar(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
            check = VerhoeffD[check, VerhoeffP[i % 8, digits[^(i + 1)] - '0']];
        return check == 0 && digits[0] > '1';
    }

    private static int CpfDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (digits.Length + 1 - i);
        return sum * 10 % 11 % 10;
    }

    private static int Weighted(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * weights[i % weights.Length];
        return sum;
    }
}
