using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Text;

/// <summary>
/// Markdown as pages, mails and helpdesks show it. Everything is encoded first, so whatever somebody writes is text,
/// and only marks that are known become markup.
/// </summary>
public static partial class MarkdownHtml
{
    /// <summary>Characters that are shown.</summary>
    private const int Longest = 50_000;

    /// <summary>HTML without anything that acts.</summary>
    public static string Of(string text)
    {
        if (text.Length > Longest) text = text[..Longest] + "…";
        var html = new StringBuilder();
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            Block(html, block.Trim('\n').Split('\n'));
        return html.ToString();
    }

    private static void Block(StringBuilder html, string[] lines)
    {
        if (lines.All(l => Bullet().IsMatch(l))) List(html, "ul", lines, Bullet());
        else if (lines.All(l => Numbered().IsMatch(l))) List(html, "ol", lines, Numbered());
        else if (lines is [var head] && Heading().Match(head) is { Success: true } heading)
            html.Append("<p><strong>").Append(Inline(heading.Groups[1].Value)).Append("</strong></p>");
        else html.Append("<p>").AppendJoin("<br>", lines.Select(Inline)).Append("</p>");
    }

    private static void List(StringBuilder html, string tag, string[] lines, Regex mark)
    {
        html.Append('<').Append(tag).Append('>');
        foreach (var line in lines) html.Append("<li>").Append(Inline(mark.Replace(line, ""))).Append("</li>");
        html.Append("</").Append(tag).Append('>');
    }

    private static string Inline(string text)
    {
        var html = WebUtility.HtmlEncode(text);
        html = Link().Replace(html, "<a href=\"$2\" rel=\"noopener noreferrer\">$1</a>");
        html = Strong().Replace(html, "<strong>$1</strong>");
        return Emphasis().Replace(html, "<em>$1</em>");
    }

    [GeneratedRegex(@"^ {0,3}[-*+] +")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^ {0,3}\d{1,3}[.)] +")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^#{1,6} +(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\[\]]+)\]\(((?:https?://|mailto:)[^()\s&<>""']+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])\*\*(?=\S)([^*]+)(?<=\S)\*\*(?!\*)")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])")]
    private static partial Regex Emphasis();
}
