namespace Baton.Privacy.Finding;

/// <summary>IPv6 and hardware (MAC) addresses: hexadecimal groups joined by colons.</summary>
internal static class NetworkFinder
{
    public static void Find(Reading reading)
    {
        var text = reading.Text;
        for (var i = 0; i < text.Length;)
        {
            var colon = text[i..].IndexOf(':');
            if (colon < 0) return;
            i = Math.Max(FindAround(reading, i + colon, i), i + colon + 1);
        }
    }

    private static int FindAround(Reading reading, int colon, int floor)
    {
        var text = reading.Text;
        var start = colon;
        while (start > floor && colon - start < 4 && char.IsAsciiHexDigit(text[start - 1])) start--;
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == ':')) return 0;
        var end = colon;
        while (end < text.Length && end - start < 46
            && (char.IsAsciiHexDigit(text[end]) || text[end] is ':' or '.')) end++;
        while (end > colon && text[end - 1] is '.' || end > colon + 1 && text[end - 1] == ':'
            && text[end - 2] != ':') end--;
        var code = text[start..end];
        if (end < text.Length && char.IsLetterOrDigit(text[end]) || !IsAddress(code)) return 0;
        reading.Add(start, end, PersonalDataType.IpAddress, 0.95);
        return end;
    }

    private static bool IsAddress(ReadOnlySpan<char> code)
    {
        var colons = code.Count(':');
        var isHardware = code.Length == 17 && colons == 5;
        var isVersion6 = colons >= 2 && (colons == 7 || code.Contains("::", StringComparison.Ordinal))
            && code.Length >= 4;
        return isHardware || isVersion6 && System.Net.IPAddress.TryParse(code, out _);
    }
}
