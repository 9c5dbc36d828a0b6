using AngleSharp.Dom;

namespace Baton.Text.Html;

/// <summary>Walks a tree in the order of reading, without recursion, and writes its lines.</summary>
internal sealed class HtmlLines
{
    private const int LongestLink = 300;

    private static readonly HashSet<string> Unseen =
    [
        "script", "style", "head", "title", "template", "iframe", "object", "svg", "math", "select",
        "audio", "video", "canvas",
    ];

    private static readonly HashSet<string> Blocks =
    [
        "p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
        "header", "footer", "address", "center", "form", "dl", "dt", "dd", "hr", "body", "fieldset", "figure", "main", "nav", "aside",
    ];

    /// <summary>What mail programs put around the mail they answer, besides <c>blockquote</c>.</summary>
    private static readonly string[] Quotes = ["yahoo_quoted", "tutanota_quote", "zmail_extra", "protonmail_quote"];

    private readonly LineWriter _lines = new();

    /// <summary>The lines of an element and all below it.</summary>
    public static string Of(IElement root)
    {
        var lines = new HtmlLines();
        var open = new Stack<(INode Node, Look Look)>();
        lines.Walk(root, open);
        return lines._lines.ToString();
    }

    private void Walk(IElement root, Stack<(INode Node, Look Look)> open)
    {
        INode? node = root;
        var look = Look.Plain;
        while (node is not null)
        {
            var below = node is IElement element ? Enter(element, look) : null;
            if (node is IText text) _lines.Text(text.Data, look.IsPreformatted);
            if (below is not null && node.FirstChild is { } child)
            {
                open.Push((node, look));
                (node, look) = (child, below);
                continue;
            }
            if (below is not null) Leave((IElement)node, look);
            while (node.NextSibling is null && open.TryPop(out var parent))
            {
                (node, look) = parent;
                Leave((IElement)node, look);
            }
            node = open.Count == 0 ? null : node.NextSibling;
        }
    }

    /// <returns>How what is inside looks; null when nobody sees it.</returns>
    private Look? Enter(IElement element, Look look)
    {
        var name = element.LocalName;
        if (Unseen.Contains(name) || element.HasAttribute("hidden")) return null;
        var inside = look.Inside(element);
        if (inside.IsHidden) return null;
        if (name == "br") _lines.Break();
        if (Blocks.Contains(name)) _lines.Fresh();
        if (IsQuote(element)) _lines.Quote(+1);
        if (name == "li") _lines.Text("- ", isPreformatted: true);
        if (name is "td" or "th" && element.PreviousElementSibling is not null) _lines.Cell();
        return inside;
    }

    private void Leave(IElement element, Look look)
    {
        var name = element.LocalName;
        if (name == "a") Link(element);
        if (!Blocks.Contains(name)) return;
        _lines.Fresh();
        if (IsQuote(element)) _lines.Quote(-1);
        if (name is "p" or "ul" or "ol" or "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" && !look.IsInList)
            _lines.Gap();
    }

    /// <summary>The address behind a link, where the text does not show it.</summary>
    private void Link(IElement element)
    {
        var address = element.GetAttribute("href")?.Trim() ?? "";
        var isMail = address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        if (!isMail && !address.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return;
        if (isMail) address = address[7..];
        if (address.Length == 0 || address.Length > LongestLink) return;
        var bare = address.Replace("https://", "", StringComparison.OrdinalIgnoreCase)
            .Replace("http://", "", StringComparison.OrdinalIgnoreCase).TrimEnd('/');
        if (!_lines.EndsWith(bare)) _lines.Text($" ({address})", isPreformatted: true);
    }

    private static bool IsQuote(IElement element)
    {
        if (element.LocalName == "blockquote")
            return !(element.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal)
                .StartsWith("margin:00040px", StringComparison.OrdinalIgnoreCase);
        return element.LocalName == "div" && Quotes.Any(element.ClassList.Contains);
    }
}
