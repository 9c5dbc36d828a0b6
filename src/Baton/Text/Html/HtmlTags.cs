using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Text.Html;

/// <summary>Reads tags without building a tree, for bodies that were made to break one.</summary>
internal static partial class HtmlTags
{
    /// <summary>Elements that end by themselves, or never begin.</summary>
    private static readonly HashSet<string> Shallow =
    [
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "meta", "link", "input", "col",
        "area", "base",
        "source", "wbr", "o:p",
    ];

    /// <summary>How many elements are open at most at once.</summary>
    public static int Depth(string html)
    {
        var (open, most) = (0, 0);
        for (var at = html.IndexOf('<'); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            var name = NameAt(html, closes ? at + 2 : at + 1);
            if (name.Length == 0 || Shallow.Contains(name)) continue;
            open = closes ? Math.Max(0, open - 1) : open + 1;
            most = Math.Max(most, open);
        }
        return most;
    }

    /// <summary>
    /// The same page without elements that a parser opens again by itself after every paragraph: forty of them left
    /// open
    /// make millions out of one mail. How they look is in attributes, which stay.
    /// </summary>
    public static string WithoutFormatting(string html) => Formatting().Replace(html, "<$1span");

    /// <summary>The text between the tags, each tag a space. Hidden text stays: it is read rather than lost.</summary>
    public static string Cut(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            text.Append(html, at, (tag < 0 ? html.Length : tag) - at);
            if (tag < 0) break;
            // A bracket that begins no tag, or that nothing closes, is a character like any other.
            var isTag = tag + 1 < html.Length
                && (char.IsAsciiLetter(html[tag + 1]) || html[tag + 1] is '/' or '!' or '?');
            var end = isTag ? html.IndexOf('>', tag) : tag;
            text.Append(' ');
            if (end < 0) text.Append(html, tag + 1, html.Length - tag - 1);
            at = end < 0 ? html.Length : end + 1;
        }
        return WebUtility.HtmlDecode(text.ToString());
    }

    [GeneratedRegex(
        @"<(/?)(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Formatting();

    private static string NameAt(string html, int at)
    {
        var end = at;
        while (end < html.Length && end - at < 20 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == ':')) end++;
        return html[at..end].ToLowerInvariant();
    }
}
