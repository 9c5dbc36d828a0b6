using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Text;

/// <summary>
/// What people write with Markdown, as a text for channels that carry nothing else. Only marks that are surely marks
/// are taken away: <c>5 * 3</c> and <c>order_id</c> stay as they are.
/// </summary>
public static partial class ReplyMarkdown
{
    private const string Fence = "```";

    /// <summary>The text without marks; links become the words and the address.</summary>
    public static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        var inCode = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                inCode = !inCode;
                continue;
            }
            result.Append(inCode ? line : PlainLine(line)).Append('\n');
        }
        return result.ToString().TrimEnd('\n');
    }

    private static string PlainLine(string line)
    {
        line = Heading().Replace(line, "");
        line = Bullet().Replace(line, "$1- ");
        // What stands in code is said as it stands.
        var parts = line.Split('`');
        if (parts.Length % 2 == 0) return Inline(line);
        for (var i = 0; i < parts.Length; i += 2) parts[i] = Inline(parts[i]);
        return string.Concat(parts);
    }

    private static string Inline(string text)
    {
        text = Link().Replace(text, link => link.Groups[1].Value == link.Groups[2].Value
            ? link.Groups[2].Value : $"{link.Groups[1].Value} ({link.Groups[2].Value})");
        text = Strong().Replace(text, "$1$2");
        text = Emphasis().Replace(text, "$1$2");
        return Escaped().Replace(text, "$1");
    }

    [GeneratedRegex(@"^#{1,6} +")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^( {0,8})[*+] +(?=\S)")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"(?<!\\)\[([^\[\]\n]+)\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w\\*])\*\*(?=\S)([^*\n]+)(?<=\S)\*\*(?!\*)|(?<![\w\\_])__(?=\S)([^_\n]+)(?<=\S)__(?!\w)")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<![\w\\*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])|(?<![\w\\_])_(?=[^\s_])([^_\n]+)(?<=\S)_(?!\w)")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\\([\\`*_\[\]()#+\-.!>{}])")]
    private static partial Regex Escaped();
}
