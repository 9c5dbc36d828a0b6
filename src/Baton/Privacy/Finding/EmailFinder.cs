namespace Baton.Privacy.Finding;

/// <summary>E-mail addresses around every at sign, also written as "(at)" and "(dot)".</summary>
internal static class EmailFinder
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 255;

    public static void Find(Reading reading)
    {
        var text = reading.Text;
        for (var at = text.IndexOf('@'); at >= 0; at = Next(text, at)) FindAt(reading, at);
        FindSpelledOut(reading);
    }

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        var next = text[(at + 1)..].IndexOf('@');
        return next < 0 ? -1 : at + 1 + next;
    }

    private static void FindAt(Reading reading, int at)
    {
        var text = reading.Text;
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1])) start--;
        while (start < at && text[start] is '.' or '\'' or '-' or '=') start++;
        var end = DomainEnd(text, at + 1);
        // Behind the name of a parameter the address begins: the order number before it is none of it.
        var local = text[start..at];
        if (start > 0 && text[start - 1] is '?' or ';' || local.Contains('&'))
            start += local.LastIndexOfAny('=', '&') + 1;
        if (start < at && end > 0) reading.Add(start, end, PersonalDataType.Email, 1);
    }

    /// <summary>The end of a host name with at least one dot that starts here, or 0.</summary>
    public static int DomainEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var dot = -1;
        for (; end < text.Length && end - start < LongestDomain; end++)
        {
            if (text[end] == '.') dot = end == start || text[end - 1] == '.' ? -1 : end;
            else if (!char.IsLetterOrDigit(text[end]) && text[end] != '-') break;
            if (text[end] == '.' && dot < 0) break;
        }
        while (end > start && text[end - 1] is '.' or '-') end--;
        var last = text[start..end].LastIndexOf('.');
        return last > 0 && end - start - last > 2 && char.IsLetter(text[end - 1]) ? end : 0;
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\''
        or '='
        or '#' or '&' or '~' or '!';

    /// <summary>"jane.doe (at) example (dot) com", "jane [at] example.com".</summary>
    private static void FindSpelledOut(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 2; i + 2 < tokens.Length; i++)
        {
            if (tokens[i].Length != 2 || !reading[tokens[i]].Equals("at", StringComparison.OrdinalIgnoreCase)) continue;
            if (reading.Mark(i - 1) is not ('(' or '[' or '{') || reading.Mark(i + 1) is not (')' or ']'
                or '}')) continue;
            var first = i - 2;
            while (first >= 2 && i - first < 12 && reading.Mark(first - 1) is '.' or '_' or '-'
                && reading.Touch(first - 1, first) && reading.Touch(first - 2, first - 1)) first -= 2;
            var last = SpelledDomain(reading, i + 2);
            if (!tokens[i - 2].IsMark && last > i + 2)
                reading.Add(tokens[first].Start, tokens[last].End, PersonalDataType.Email, 0.9);
        }
    }

    private static int SpelledDomain(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var last = i;
        while (last + 2 < tokens.Length && last - i < 20)
        {
            var bracket = reading.Mark(last + 1) is '(' or '[' or '{' && last + 4 < tokens.Length
                && reading[tokens[last + 2]].Equals("dot", StringComparison.OrdinalIgnoreCase);
            var plain = reading.Mark(last + 1) is '.' or '-' && reading.Touch(last, last + 1)
                && reading.Touch(last + 1, last + 2);
            if (!bracket && !plain) break;
            last += bracket ? 4 : 2;
        }
        return last;
    }
}
