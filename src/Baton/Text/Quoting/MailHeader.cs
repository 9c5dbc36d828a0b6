namespace Baton.Text.Quoting;

/// <summary>The lines of a mail header that a program such as Outlook pastes above the mail it answers.</summary>
internal static class MailHeader
{
    private const int MostLines = 12;
    private const int LongestLabel = 20;

    /// <summary>The header that begins at a line, or null.</summary>
    /// <param name="isExpected">Whether a divider stands above: then a sender alone is enough.</param>
    public static ReplyHead? At(IReadOnlyList<(string Text, int Depth)> lines, int at, bool isExpected)
    {
        var depth = lines[at].Depth;
        var (sender, hasSubject, hasAddress, taken) = ((string?)null, false, false, 0);
        for (var i = at; i < lines.Count && taken < MostLines && lines[i].Depth == depth; i++, taken++)
        {
            if (!IsField(lines[i].Text, out var label, out var value)) break;
            if (HeadWords.From.Contains(label)) sender ??= value;
            else if (HeadWords.Subject.Contains(label)) hasSubject = true;
            else if (!HeadWords.Other.Contains(label)) break;
            hasAddress |= value.Contains('@', StringComparison.Ordinal)
                || value.Contains("[EMAIL_", StringComparison.Ordinal)
                || value.Contains("[mailto", StringComparison.OrdinalIgnoreCase);
        }
        // "From: Berlin, To: Munich" is a journey, not a mail.
        var proven = sender is not null && (isExpected || hasSubject && taken > 1 || hasAddress);
        return proven ? new ReplyHead(taken, sender!) : null;
    }

    /// <summary><c>From: Ann</c>, <c>*From:* Ann</c> as bold text becomes, or <c>From "Ann"</c>.</summary>
    private static bool IsField(string text, out string label, out string value)
    {
        (label, value) = ("", "");
        var line = text.AsSpan().Trim().TrimStart("*_");
        var colon = line.IndexOfAny(':', '：');
        var quote = line.IndexOf(" \"", StringComparison.Ordinal);
        var end = colon < 0 || (quote >= 0 && quote < colon) ? quote : colon;
        if (end <= 0 || end > LongestLabel) return false;
        label = line[..end].Trim("*_ \t\u00A0").ToString();
        value = line[(end + 1)..].Trim("*_ \t").ToString();
        return true;
    }
}
