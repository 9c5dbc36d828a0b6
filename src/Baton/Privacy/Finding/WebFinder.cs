using System.Buffers;
using System.Collections.Frozen;
using Baton.Privacy.Finding.Links;

namespace Baton.Privacy.Finding;

/// <summary>Links (with or without a secret in them), host names, IPv6 and hardware addresses.</summary>
internal static class WebFinder
{
    private const int LongestUrl = 4096;

    private static readonly SearchValues<char> UrlEnd =
        SearchValues.Create(" \t\r\n\"<>|\\^`{}\u00ab\u00bb\u201c\u201d");

    private static readonly FrozenSet<string> TopLevels = FrozenSet.ToFrozenSet(
        "com org net edu gov mil int io co ai app dev info biz me tv us uk de fr es it nl be at ch se no dk fi pl cz sk hu ro bg gr pt ie is li lu ee lv lt si hr rs ru ua by tr il in cn jp kr au nz ca mx br ar cl pe za eu asia online shop store site xyz tech cloud global"
            .Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevelLookup =
        TopLevels.GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Find(Reading reading)
    {
        var text = reading.Text;
        var covered = 0;
        for (var i = Next(text, 0, "://"); i >= 0; i = Next(text, Math.Max(i + 3, covered), "://"))
            covered = FindLink(reading, SchemeStart(text, i), i + 3);
        FindHosts(reading);
    }

    private static int Next(ReadOnlySpan<char> text, int from, string what)
    {
        if (from >= text.Length) return -1;
        var next = text[from..].IndexOf(what);
        return next < 0 ? -1 : from + next;
    }

    private static int SchemeStart(ReadOnlySpan<char> text, int colon)
    {
        var start = colon;
        while (start > 0 && colon - start < 12 && char.IsAsciiLetterOrDigit(text[start - 1])) start--;
        return start;
    }

    private static int FindLink(Reading reading, int start, int host)
    {
        var text = reading.Text;
        var limit = Math.Min(text.Length, start + LongestUrl);
        var length = text[host..limit].IndexOfAny(UrlEnd);
        var end = length < 0 ? limit : host + length;
        while (end > host && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '\'') end--;
        if (end - host < 3) return end;
        var type = HasSecret(text[host..end]) ? PersonalDataType.SecretUrl : PersonalDataType.Domain;
        reading.Add(start, end, type, 0.95);
        return end;
    }

    /// <summary>A login before the host, a telling parameter, or a long random part of the path.</summary>
    private static bool HasSecret(ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOfAny('/', '?', '#');
        if (rest[..(slash < 0 ? rest.Length : slash)].Contains('@')) return true;
        if (slash < 0) return false;
        var path = rest[slash..];
        if (LinkSecrets.Tell(path)) return true;
        for (var i = 0; i < path.Length;)
        {
            var run = path[i..].IndexOfAnyExcept(RandomCharacters);
            if (run < 0) run = path.Length - i;
            if (run >= 20 && path.Slice(i, run).ContainsAnyInRange('0', '9')) return true;
            i += run + 1;
        }
        return false;
    }

    private static readonly SearchValues<char> RandomCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>"www.example.si/", "example.com": words joined by dots that end in a known top level.</summary>
    private static void FindHosts(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 1; i + 1 < tokens.Length; i++)
        {
            if (reading.Mark(i) != '.' || !tokens[i + 1].IsWord || !reading.Touch(i - 1, i)
                || !reading.Touch(i, i + 1)) continue;
            if (tokens[i - 1].IsMark) continue;
            i = FindHost(reading, i);
        }
    }

    private static int FindHost(Reading reading, int dot)
    {
        var tokens = reading.Tokens;
        var first = dot - 1;
        while (first >= 2 && dot - first < 8 && reading.Mark(first - 1) == '-' && !tokens[first - 2].IsMark
            && reading.Touch(first - 1, first) && reading.Touch(first - 2, first - 1)) first -= 2;
        var last = dot + 1;
        while (last + 2 < tokens.Length && last - dot < 16 && reading.Mark(last + 1) is '.' or '-'
            && !tokens[last + 2].IsMark
            && reading.Touch(last, last + 1) && reading.Touch(last + 1, last + 2)) last += 2;
        if (reading.Mark(first - 1) == '@' || !tokens[last].IsWord || tokens[last].Length > 8
            || !TopLevelLookup.Contains(reading[tokens[last]])) return last;
        var www = reading[tokens[first]].Equals("www", StringComparison.OrdinalIgnoreCase);
        // "Thanks.It broke": a missing space, not a host.
        if (!www && (last == dot + 1) && tokens[last].IsCapitalised && reading.Mark(last + 1) != '/') return last;
        if (reading.Mark(last + 1) == '/' && reading.Touch(last, last + 1))
            FindLink(reading, tokens[first].Start, tokens[first].Start);
        else reading.Add(tokens[first].Start, tokens[last].End, PersonalDataType.Domain, www ? 0.9 : 0.7);
        return last;
    }
}
