using System.Text.RegularExpressions;

namespace Baton.Text.Quoting;

/// <summary>The lines that say whose words follow.</summary>
/// <param name="Lines">How many lines it takes.</param>
/// <param name="Sender">The part that names the writer.</param>
/// <param name="IsDivider">Whether it only says that something follows; a header may come next.</param>
/// <param name="IsOfHelpdesk">Whether only the brand's own helpdesk writes such a line.</param>
internal readonly partial record struct ReplyHead(
    int Lines, string Sender, bool IsDivider = false, bool IsOfHelpdesk = false)
{
    private const int MostLines = 4;
    private const int Longest = 400;
    private const int LongestLine = 300;
    private const int FewWords = 8;

    /// <summary>The head that begins at a line, or null.</summary>
    /// <param name="afterDivider">Whether the last words above were a divider: a sender alone is a header then.</param>
    public static ReplyHead? At(IReadOnlyList<(string Text, int Depth)> lines, int at, bool afterDivider)
    {
        var text = lines[at].Text.AsSpan().Trim().ToString();
        if (text.Length is 0 or > LongestLine) return null;
        return Divider(text) ?? MailHeader.At(lines, at, afterDivider) ?? Attribution(lines, at, text);
    }

    /// <summary>
    /// Whether the writer is one of these. An address proves nothing: anybody may have the name in it.
    /// </summary>
    public bool Names(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return false;
        var sender = " " + Address().Replace(Sender, " ") + " ";
        foreach (var name in names)
        {
            var at = name.Length < 3 ? -1 : sender.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at <= 0) continue;
            if (!char.IsLetterOrDigit(sender[at - 1]) && !char.IsLetterOrDigit(sender[at + name.Length])) return true;
        }
        return false;
    }

    private static ReplyHead? Divider(string text)
    {
        if (text.AsSpan().ContainsAny(HeadWords.Helpdesk)) return new(1, "", IsOfHelpdesk: true);
        var inner = text.Trim('-', '_', '=', '*', '~', '#', ' ', '\t', ':', '：', '—', '–').Replace('’', '\'');
        if (inner.Length == 0) return text.Length >= 10 && text[0] == '_' ? new(1, "", IsDivider: true) : null;
        if (HeadWords.Dividers.Contains(inner) && (text[0] != inner[0] || text[^1] is ':' or '：'))
            return new(1, "", IsDivider: true);
        if (text[0] is not ('-' or '_' or '=')) return null;
        foreach (var start in HeadWords.DividerStarts)
            if (inner.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return new(1, inner[start.Length..], IsDivider: true);
        return null;
    }

    /// <summary>"On Monday Ann wrote:", on one line or, as narrow mail programs break it, on up to four.</summary>
    private static ReplyHead? Attribution(IReadOnlyList<(string Text, int Depth)> lines, int at, string text)
    {
        if (!ClosesSoon(lines, at)) return null;
        var joined = text;
        for (var taken = 1; taken <= MostLines; taken++)
        {
            var (next, depth) = (at + taken, lines[at].Depth);
            if (IsClosed(joined)) return IsAttribution(joined, Quotes(lines, next, depth)) ? new(taken, joined) : null;
            // Only what begins like a head may go on: a question above one is no part of it.
            if (next >= lines.Count || lines[next].Depth != depth || !MayGoOn(joined, taken)) return null;
            joined += " " + lines[at + taken].Text.Trim();
            if (joined.Length > Longest) return null;
        }
        return null;
    }

    /// <summary>Most lines are no head, and nothing near them ends like one.</summary>
    private static bool ClosesSoon(IReadOnlyList<(string Text, int Depth)> lines, int at)
    {
        for (var i = at; i < lines.Count && i < at + MostLines; i++)
            if (lines[i].Text.TrimEnd() is { Length: > 0 } line
                && (line[^1] is ':' or '：' || line.EndsWith("--", StringComparison.Ordinal)))
                return true;
        return false;
    }

    private static bool IsClosed(string text) =>
        text[^1] is ':' or '：'
        || text.StartsWith("--", StringComparison.Ordinal) && text.EndsWith("--", StringComparison.Ordinal);

    private static bool MayGoOn(string text, int taken) =>
        text[^1] is not ('?' or '!') && (text[^1] != '.' || taken > 1 || Year().IsMatch(text))
        && (StartsLikeDate(text) || HasWrote(text));

    private static bool IsAttribution(string text, bool quotes)
    {
        var line = text.Trim('-', ' ');
        var starts = StartsLikeDate(line);
        if (!HasWrote(line)) return starts && Time().IsMatch(line) && AddressEnd().IsMatch(line);
        return quotes && Words(line) <= FewWords
            || StartsWithWord(line, HeadWords.Starts)
            || Time().IsMatch(line) || Year().IsMatch(line) || Address().IsMatch(line);
    }

    /// <summary>Whether the next words are marked more deeply.</summary>
    private static bool Quotes(IReadOnlyList<(string Text, int Depth)> lines, int next, int depth)
    {
        while (next < lines.Count && lines[next].Text.Length == 0) next++;
        return next < lines.Count && lines[next].Depth > depth;
    }

    private static bool StartsLikeDate(string text)
    {
        var line = text.TrimStart('-', ' ');
        if (line.Length == 0) return false;
        return char.IsDigit(line[0]) || StartsWithWord(line, HeadWords.Starts) || StartsWithDay(line);
    }

    private static bool StartsWithDay(string line)
    {
        var end = 0;
        while (end < line.Length && char.IsLetter(line[end])) end++;
        if (end == 0 || end == line.Length || line[end] is not (',' or '.' or ' ')) return false;
        foreach (var day in HeadWords.Days)
            if (line.StartsWith(day, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool StartsWithWord(string line, string[] words)
    {
        foreach (var word in words)
            if (line.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool HasWrote(string text)
    {
        foreach (var verb in HeadWords.Wrote)
        {
            var at = text.LastIndexOf(verb, StringComparison.OrdinalIgnoreCase);
            if (at <= 0) continue;
            // Chinese, Japanese and Korean have no spaces between a name and its verb.
            if (verb[0] > 0x2E80) return true;
            var end = at + verb.Length;
            if (!char.IsLetter(text[at - 1]) && (end >= text.Length || !char.IsLetter(text[end]))) return true;
        }
        return false;
    }

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private const RegexOptions Reading = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"\d{1,2}[:.h]\d{2}", Reading)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(19|20)\d{2}年|\[DATE", Reading)]
    private static partial Regex Year();

    [GeneratedRegex(@"<[^>]{0,200}>|\[EMAIL_\d+\]|[^\s<>()\[\]]{1,100}@[^\s<>()\[\]]{1,100}"
        + @"|\[mailto:[^\]]{0,200}\]", Reading)]
    private static partial Regex Address();

    [GeneratedRegex(@"[>\])]\s*[:：]$", Reading)]
    private static partial Regex AddressEnd();
}
