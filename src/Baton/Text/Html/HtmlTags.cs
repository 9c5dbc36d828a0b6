using System.Net;
using System.Text;

namespace Baton.Text.Html;

/// <summary>Reads tags without building a tree, for bodies that were made to break one.</summary>
internal static class HtmlTags
{
    /// <summary>Elements that end by themselves, or never begin.</summary>
    private static readonly HashSet<string> Shallow =
    [
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "meta", "link", "input", "col", "area", "base",
        "source", "wbr", "o:p",
    ];

    /// <summary>How many elements are open at most at once.</summary>
    public static int Depth(string html)
    {
        var (open, most) = (0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            var name = NameAt(html, closes ? at + 2 : at + 1);
            if (name.Length == 0 || Shallow.Contains(name)) continue;
            open = closes ? Math.Max(0, open - 1) : open + 1;
            most = Math.Max(most, open);
        }
        return most;
    }

    /// <summary>The text between the tags, each tag a space. Hidden text stays: it is read rather than lost.</summary>
    public static string Cut(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            text.Append(html, at, (tag < 0 ? html.Length : tag) - at);
            if (tag < 0) break;
            var end = html.IndexOf('>', tag);
            text.Append(' ');
            // A bracket that nothing closes is a character like any other.
            if (end < 0) text.Append(html, tag + 1, html.Length - tag - 1);
            at = end < 0 ? html.Length : end + 1;
        }
        return WebUtility.HtmlDecode(text.ToString());
    }

    private static string NameAt(string html, int at)
    {
        var end = at;
        while (end < html.Length && end - at < 20 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == ':')) end++;
        return html[at..end].ToLowerInvariant();
    }
}
