using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Text;

/// <summary>
/// What the customer wrote themself: without quoted lines, the message being replied to, forwarded blocks,
/// signatures and other people's mail. An old complaint below a calm reply must not make the reply sound angry.
/// </summary>
public static partial class OwnWords
{
    /// <summary>Without backtracking: no message can make the reading slow.</summary>
    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>
    /// The customer's own part of a message. When everything is quoted or forwarded there is nothing else to read, so
    /// a message without any own words yields its introduction or an empty text, never the quotation.
    /// </summary>
    public static string Of(string message)
    {
        if (!MayQuote(message)) return message;
        var own = new StringBuilder(message.Length);
        var lines = message.AsSpan().EnumerateLines();
        foreach (var line in lines)
        {
            var trimmed = line.Trim();
            if (IsQuoted(trimmed)) continue;
            if (EndsOwnWords(trimmed)) break;
            own.Append(line).Append('\n');
        }
        return own.ToString();
    }

    /// <summary>Most messages have no line that could be a quotation: they are passed through untouched.</summary>
    private static bool MayQuote(string message) =>
        message.Contains('>', StringComparison.Ordinal)
        || message.Contains("--", StringComparison.Ordinal)
        || message.Contains("__", StringComparison.Ordinal)
        || message.Contains('|', StringComparison.Ordinal)
        || message.Contains(':', StringComparison.Ordinal) && message.Contains('\n', StringComparison.Ordinal);

    private static bool IsQuoted(ReadOnlySpan<char> line) =>
        line.StartsWith(">") && !line.StartsWith(">:(") && !line.StartsWith(">:-(") || line.StartsWith("| ");

    private static bool EndsOwnWords(ReadOnlySpan<char> line)
    {
        if (line.Length is 0 or > 300) return false;
        if (line is "--" or "-- ") return true;
        return line[^1] == ':' && Introduction().IsMatch(line) || Divider().IsMatch(line) || Header().IsMatch(line);
    }

    /// <summary>"On Tue, 3 Mar 2026, Support wrote:" in the languages mail programs write it in.</summary>
    [GeneratedRegex(@"^(On|Am|Le|El|Il|Em|Op|Den|Dnia)\b.{3,200}\b"
        + @"(wrote|schrieb.*|a écrit|escribió|ha scritto|escreveu|schreef.*|skrev|napisał.*)\s?:$", Reading)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^(-{2,}|_{2,}|={2,})\s*(Original Message|Forwarded message|Forwarded by|Ursprüngliche Nachricht"
        + "|Weitergeleitete Nachricht|Message d'origine|Message transféré|Mensaje original|Mensaje reenviado"
        + "|Messaggio originale|Mensagem original|Oorspronkelijk bericht)|^Begin forwarded message:|^_{10,}$", Reading)]
    private static partial Regex Divider();

    /// <summary>The first line of a mail header that an Outlook-like program pastes above the quoted mail.</summary>
    [GeneratedRegex(@"^(From|Von|De|Da|Van):\s.*(@|\[mailto)", Reading)]
    private static partial Regex Header();
}
