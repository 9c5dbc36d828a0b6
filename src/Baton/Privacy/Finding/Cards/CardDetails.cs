namespace Baton.Privacy.Finding.Cards;

/// <summary>What stands beside a card's number: "exp 09/27", "09/27 737".</summary>
internal static class CardDetails
{
    private const int Reach = 48;

    /// <summary>Looks at the text right behind a card's number.</summary>
    public static void Find(Reading reading, int end)
    {
        var text = reading.Text;
        var limit = Math.Min(text.Length, end + Reach);
        for (var i = end; i + 3 < limit; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            var expiry = ExpiryAt(text, i);
            if (expiry == 0)
            {
                while (i + 1 < limit && char.IsAsciiDigit(text[i + 1])) i++;
                continue;
            }
            reading.Add(i, expiry, PersonalDataType.Secret, 0.9);
            FindCode(reading, expiry);
            return;
        }
    }

    /// <summary>The end of MM/YY or MM/YYYY, or 0.</summary>
    private static int ExpiryAt(ReadOnlySpan<char> text, int at)
    {
        var i = at;
        var month = TwoDigits(text, ref i);
        if (month is < 1 or > 12) return 0;
        if (i < text.Length && text[i] == ' ') i++;
        if (i >= text.Length || text[i] is not ('/' or '-' or '.')) return 0;
        i++;
        if (i < text.Length && text[i] == ' ') i++;
        var year = i;
        while (i < text.Length && i - year < 5 && char.IsAsciiDigit(text[i])) i++;
        return i - year is 2 or 4 && (i == text.Length || text[i] is not ('/' or '-')) ? i : 0;
    }

    private static int TwoDigits(ReadOnlySpan<char> text, ref int i)
    {
        var value = 0;
        for (var n = 0; n < 2 && i < text.Length && char.IsAsciiDigit(text[i]); n++)
            value = value * 10 + text[i++] - '0';
        return value;
    }

    /// <summary>Three or four digits right behind the expiry are the security code.</summary>
    private static void FindCode(Reading reading, int from)
    {
        var text = reading.Text;
        var i = from;
        while (i < text.Length && i - from < 3 && text[i] is ' ' or ',' or '/' or ';' or '\n') i++;
        var start = i;
        while (i < text.Length && i - start < 5 && char.IsAsciiDigit(text[i])) i++;
        if (start > from && i - start is 3 or 4) reading.Add(start, i, PersonalDataType.Secret, 0.9);
    }
}
