using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Baton.Text.Html;

namespace Baton.Text;

/// <summary>
/// An HTML body as a person would see it: lines, quotations marked with <c>&gt;</c>, links with their address,
/// without what
/// is hidden. Anything else passes untouched.
/// </summary>
public static partial class HtmlText
{
    /// <summary>
    /// Elements inside each other from which a body is no mail: its tags are cut out without building a tree.
    /// </summary>
    private const int Deepest = 400;

    /// <summary>The text of a body.</summary>
    /// <param name="body">As it was sent.</param>
    /// <param name="contentType">Its content type, or null when nobody knows: then it is HTML only if it looks
    /// so.</param>
    public static string Of(string body, string? contentType = null)
    {
        var declared = contentType?.TrimStart() ?? "";
        if (declared.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)) return body;
        var isHtml = declared.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || LooksLikeHtml(body);
        if (isHtml) return Convert(body);
        return Entity().IsMatch(body) ? Clean(WebUtility.HtmlDecode(body)) : body;
    }

    private static string Convert(string body)
    {
        if (HtmlTags.Depth(body) > Deepest) return Clean(HtmlTags.Cut(body));
        using var document = new HtmlParser().ParseDocument(HtmlTags.WithoutFormatting(body));
        return Clean(HtmlLines.Of(document.DocumentElement));
    }

    /// <summary>A document, a line break, or an element of a mail that is opened and closed.</summary>
    private static bool LooksLikeHtml(string body)
    {
        if (!body.Contains('<', StringComparison.Ordinal)) return false;
        if (Start().IsMatch(body)) return true;
        HashSet<string> opened = new(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in Tag().EnumerateMatches(body))
        {
            var name = body.Substring(tag.Index, tag.Length).Trim('<', '/', '>', ' ', '\n', '\r', '\t');
            if (body[tag.Index + 1] != '/') opened.Add(name);
            else if (opened.Contains(name)) return true;
        }
        return false;
    }

    /// <summary>Spaces that do not break are spaces; control characters are nothing.</summary>
    private static string Clean(string text) => string.Concat(text.Select(c => c == '\u00A0' ? ' ' : c)
        .Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();

    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"^\s*(<!doctype\s+html|<html[\s>]|<\?xml[^>]{0,100}>\s*<html)|<br\s*/?>|<body[\s>]", Reading)]
    private static partial Regex Start();

    [GeneratedRegex(@"</?(p|div|span|b|i|u|strong|em|a|table|tr|td|th|ul|ol|li"
        + @"|blockquote|font|h[1-6]|pre|center|style)[\s>]", Reading)]
    private static partial Regex Tag();

    [GeneratedRegex(@"&(nbsp|amp|lt|gt|quot|apos|shy|zwnj|#\d{1,7}|#x[0-9a-f]{1,6});", Reading)]
    private static partial Regex Entity();
}
