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
        "p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
        "section", "article",
        "header", "footer", "address", "center", "form", "dl", "dt", "dd", "hr", "body", "fieldset", "figure",
        "main", "nav", "aside",
    ];

    /// <summary>Blocks with an empty line behind them.</summary>
    private static readonly HashSet<string> Paragraphs =
        ["p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];

    /// <summary>What mail programs put around the mail they answer, besides <c>blockquote</c>.</summary>
    private static readonly string[] Quotes = ["yahoo_quoted", "tutanota_quote", "zmail_extra", "protonmail_quote"];

    private readonly LineWriter _lines = new();

    /// <summary>The lines of an element and all below it.</summary>
    public static string Of(IElement root)
    {
        var lines = new HtmlLines();
        lines.Walk(root);
        return lines._lines.ToString();
    }

    /// <summary>
    /// By places in the lists of children: to ask a node for its next one costs a search among all of them.
    /// </summary>
    private void Walk(IElement root)
    {
        var open = new Stack<Place>([new Place(root, Look.Plain)]);
        while (open.TryPeek(out var place))
        {
            if (place.Next == place.Parent.ChildNodes.Length)
            {
                open.Pop();
                Leave((IElement)place.Parent, place.Look);
                continue;
            }
            var node = place.Parent.ChildNodes[place.Next++];
            if (node is IText text) _lines.Text(text.Data, place.Look.IsPreformatted);
            if (node is not IElement element) continue;
            if (Enter(element, place.Look, place.Elements++ == 0) is { } below) open.Push(new Place(element, below));
        }
    }

    /// <summary>How far an element has been read.</summary>
    private sealed class Place(INode parent, Look look)
    {
        public INode Parent { get; } = parent;

        public Look Look { get; } = look;

        public int Next { get; set; }

        public int Elements { get; set; }
    }

    /// <returns>How what is inside looks; null when nobody sees it.</returns>
    private Look? Enter(IElement element, Look look, bool isFirst)
    {
        var name = element.LocalName;
        if (Unseen.Contains(name) || element.HasAttribute("hidden")) return null;
        var inside = look.Inside(element);
        if (inside.IsHidden) return null;
        if (name == "br") _lines.Break();
        if (Blocks.Contains(name)) _lines.Fresh();
        if (IsQuote(element)) _lines.Quote(+1);
        if (name == "li") _lines.Text("- ", isPreformatted: true);
        if (name is "td" or "th" && !isFirst) _lines.Cell();
        return inside;
    }

    private void Leave(IElement element, Look look)
    {
        var name = element.LocalName;
        if (name == "a") Link(element);
        if (!Blocks.Contains(name)) return;
        _lines.Fresh();
        if (IsQuote(element)) _lines.Quote(-1);
        if (Paragraphs.Contains(name) && !look.IsInList) _lines.Gap();
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
