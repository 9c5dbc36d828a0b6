using System.Buffers;

namespace Baton.Privacy.Finding.Links;

/// <summary>
/// Personal data in the parts of links and forms: <c>?mail=jo%40example.org</c>, <c>&amp;phone=…</c>,
/// <c>wa.me/4179…</c>. The value goes and the rest of the link, such as an order number, stays.
/// </summary>
internal static class LinkPartFinder
{
    private const int LongestName = 32;
    private const int LongestValue = 512;
    private const double Score = 0.97;

    private static readonly SearchValues<char> ValueEnd =
        SearchValues.Create("&#;?/=,|\\^`{}[]()<>\"' \t\r\n");

    public static void Find(Reading reading)
    {
        var text = reading.Text;
        for (var i = Next(text, 0, "="); i >= 0; i = Next(text, i + 1, "=")) FindPair(reading, i);
        for (var i = Next(text, 0, "%40"); i >= 0; i = Next(text, i + 3, "%40")) FindEncoded(reading, i);
        for (var i = Next(text, 0, "wa.me/"); i >= 0; i = Next(text, i + 6, "wa.me/"))
            Add(reading, i + 6, ValueAt(text, i + 6), PersonalDataType.Phone, IsPhone);
    }

    private static int Next(ReadOnlySpan<char> text, int from, string what)
    {
        var next = text[from..].IndexOf(what);
        return next < 0 ? -1 : from + next;
    }

    /// <summary>A name behind "?", "&amp;", ";" or "#", or in front of one.</summary>
    private static void FindPair(Reading reading, int equals)
    {
        var text = reading.Text;
        var start = equals;
        while (start > 0 && equals - start < LongestName && IsNameLetter(text[start - 1])) start--;
        if (start == equals) return;
        var end = ValueAt(text, equals + 1);
        var linked = start > 0 && text[start - 1] is '?' or '&' or ';' or '#' || end < text.Length && text[end] == '&';
        if (!linked) return;
        if (LinkNames.TypeOf(text[start..equals]) is { } type) Add(reading, equals + 1, end, type, Fits(type));
        else if (text[equals..end].Contains('%')) Add(reading, equals + 1, end, PersonalDataType.Phone, IsPlusPhone);
    }

    private static bool IsNameLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';

    private static int ValueAt(ReadOnlySpan<char> text, int start)
    {
        var rest = text.Slice(start, Math.Min(LongestValue, text.Length - start));
        var length = rest.IndexOfAny(ValueEnd);
        var end = start + (length < 0 ? rest.Length : length);
        while (end > start && text[end - 1] is '.' or '!' or ':') end--;
        return end;
    }

    private static Func<string, bool> Fits(PersonalDataType type) => type switch
    {
        PersonalDataType.Phone => IsPhone,
        PersonalDataType.Email => static value => value.Length >= 3,
        PersonalDataType.Person => static value => value.Length >= 2 && value.Any(char.IsLetter),
        _ => static value => value.Length >= 3 && value.Any(char.IsLetterOrDigit),
    };

    private static void Add(
        Reading reading, int start, int end, PersonalDataType type, Func<string, bool> fits)
    {
        if (end <= start) return;
        var value = Uri.UnescapeDataString(reading.Text[start..end].ToString().Replace('+', ' '));
        if (fits(value) || fits(Uri.UnescapeDataString(reading.Text[start..end].ToString())))
            reading.Add(start, end, type, Score);
    }

    private static bool IsPhone(string value) =>
        value.Count(char.IsAsciiDigit) is >= 6 and <= 15
        && value.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' '
            or '(' or ')' or '.' or '/');

    private static bool IsPlusPhone(string value) => value.StartsWith('+') && IsPhone(value);

    /// <summary>An address with an encoded at sign, wherever it stands; other letters may be encoded as well.</summary>
    private static void FindEncoded(Reading reading, int at)
    {
        var text = reading.Text;
        var start = at;
        while (start > 0 && at - start < 192
            && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '%'
            or '+' or '-')) start--;
        var end = at + 3;
        while (end < text.Length && end - at < LongestValue
            && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '%'
            or '-')) end++;
        if (start == at) return;
        var domain = Uri.UnescapeDataString(text[(at + 3)..end].ToString());
        var length = EmailFinder.DomainEnd(domain, 0);
        if (length == 0) return;
        // What follows an address that is spelled plainly is not part of it.
        if (domain.Length == end - at - 3) end = at + 3 + length;
        reading.Add(start, end, PersonalDataType.Email, 1);
    }
}
