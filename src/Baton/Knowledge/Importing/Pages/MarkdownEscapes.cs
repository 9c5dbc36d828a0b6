using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Knowledge.Importing.Pages;

/// <summary>Makes text into Markdown that reads as that text: what only looks like a mark is escaped.</summary>
internal static partial class MarkdownEscapes
{
    /// <summary>Words inside a line.</summary>
    public static string Inline(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsMark(text, i)) escaped.Append('\\');
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    /// <summary>A line that begins a block no more than its words do.</summary>
    public static string Line(string line) =>
        Number().Match(line) is { Success: true } number
            ? $"{line[..(number.Length - 1)]}\\{line[(number.Length - 1)..]}"
            : Block().IsMatch(line) ? "\\" + line : line;

    /// <summary>A heading without marks: questions name it as it is read.</summary>
    public static string Heading(string text) => string.Concat(text.Where(c => c is not ('*' or '_' or '`' or '['
        or ']' or '<' or '>' or '\\' or '#' or '|'))).Trim();

    /// <summary>
    /// Without what nobody sees: control characters, changes of direction, and letters that are only there for
    /// machines.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsUnseen)) return text;
        var seen = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) continue;
                if (!IsTag(char.ConvertToUtf32(text[i], text[i + 1]))) seen.Append(text, i, 2);
                i++;
            }
            else if (text[i] == '\u00A0') seen.Append(' ');
            else if (!IsControl(text[i])) seen.Append(text[i]);
        }
        return seen.ToString();
    }

    private static bool IsUnseen(char c) => c == '\u00A0' || char.IsSurrogate(c) || IsControl(c);

    /// <summary>Letters that no font shows.</summary>
    private static bool IsTag(int point) => point is >= 0xE0000 and <= 0xE007F;

    private static bool IsControl(char c) => (char.IsControl(c) && c is not ('\n' or '\t'))
        || c is '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or '\uFEFF'
            or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069');

    private static bool IsMark(string text, int at) => text[at] switch
    {
        '\\' or '*' or '`' or '[' => true,
        '_' => at == 0 || at + 1 == text.Length || !char.IsLetterOrDigit(text[at - 1])
            || !char.IsLetterOrDigit(text[at + 1]),
        '<' => at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?'),
        '&' => Entity().IsMatch(text.AsSpan(at, Math.Min(12, text.Length - at))),
        _ => false,
    };

    [GeneratedRegex(@"^&(#?[A-Za-z0-9]{1,9});")]
    private static partial Regex Entity();

    [GeneratedRegex(@"^\d{1,9}[.)](?=\s|$)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(#{1,6}(\s|$)|[-+*](\s|$)|>|\||~~~|={2,}\s*$|-{2,}\s*$)")]
    private static partial Regex Block();
}
