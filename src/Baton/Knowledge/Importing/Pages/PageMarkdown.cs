using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Baton.Text.Html;

namespace Baton.Knowledge.Importing.Pages;

/// <summary>
/// A page as the Markdown of an article: what a reader would see of it, with headings as sections, lists and tables
/// whole, links with their address; no scripts, no hidden text, no frame of navigation.
/// </summary>
internal sealed class PageMarkdown
{
    /// <summary>Elements inside each other from which a page is no article.</summary>
    private const int Deepest = 250;

    private static readonly HashSet<string> Unseen =
    [
        "script", "style", "head", "title", "template", "iframe", "object", "embed", "svg", "math", "select", "button",
        "input", "textarea", "audio", "video", "canvas", "noscript", "nav", "footer", "aside", "form", "img", "picture",
        "map", "dialog",
    ];

    private static readonly HashSet<string> Blocks =
    [
        "p", "div", "section", "article", "main", "header", "address", "center", "dl", "dt", "dd", "figure", "body",
        "figcaption", "fieldset", "details", "summary", "blockquote", "hr", "html",
    ];

    private readonly List<string> _blocks = [];
    private readonly StringBuilder _line = new();
    private readonly HashSet<string> _headings = new(StringComparer.OrdinalIgnoreCase);
    private readonly string?[] _path = new string?[7];
    private readonly string _title;

    private PageMarkdown(string title) => _title = title;

    /// <summary>The title of a whole page: its own, or its first heading; null without either.</summary>
    /// <param name="title">Known already; null takes the page's.</param>
    /// <exception cref="ImportException">It nests too deeply.</exception>
    public static (string? Title, string Body) Of(string html, string? title = null)
    {
        if (HtmlTags.Depth(html) > Deepest)
            throw new ImportException($"more than {Deepest} elements inside each other: no article is built so");
        using var document = new HtmlParser().ParseDocument(HtmlTags.WithoutFormatting(html));
        var shown = document.QuerySelector("main") ?? document.QuerySelector("article") ?? document.Body;
        title ??= Words(document.QuerySelector("h1")) ?? Words(document.QuerySelector("title"));
        if (shown is null) return (title, "");
        var page = new PageMarkdown(title ?? "");
        page.Walk(shown, Look.Plain);
        page.EndParagraph();
        return (title, string.Join("\n\n", page._blocks));
    }

    private static string? Words(IElement? element) =>
        element is not null && Joined(MarkdownEscapes.Visible(element.TextContent)) is { Length: > 0 } text ? text
        : null;

    private static string Joined(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Walk(IElement parent, Look look)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text) AddText(text.Data);
            else if (node is IElement element && Inside(element, look) is { } inside) Enter(element, inside);
        }
    }

    private static Look? Inside(IElement element, Look look)
    {
        if (Unseen.Contains(element.LocalName) || element.HasAttribute("hidden")) return null;
        return look.Inside(element) is { IsHidden: false } inside ? inside : null;
    }

    private void Enter(IElement element, Look look)
    {
        switch (element.LocalName)
        {
            case "br": _line.Append('\n'); break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6": AddHeading(element, look); break;
            case "ul" or "ol": AddBlock(string.Join('\n', Items(element, look, ""))); break;
            case "table" when PageTable.OnlyCell(element) is { } cell: Apart(cell, look); break;
            case "table": AddBlock(Table(element, look)); break;
            case "pre": AddCode(element); break;
            case "a": AddLink(element, look); break;
            case var name when Blocks.Contains(name): Apart(element, look); break;
            default: Walk(element, look); break;
        }
    }

    private void Apart(IElement element, Look look)
    {
        EndParagraph();
        Walk(element, look);
        EndParagraph();
    }

    private void AddText(string text)
    {
        foreach (var c in MarkdownEscapes.Inline(MarkdownEscapes.Visible(text)))
        {
            if (!char.IsWhiteSpace(c)) _line.Append(c);
            else if (_line.Length > 0 && !char.IsWhiteSpace(_line[^1])) _line.Append(' ');
        }
    }

    private void AddLink(IElement element, Look look)
    {
        var words = Part(element, look);
        if (words.Length == 0) return;
        var address = (element.GetAttribute("href") ?? "").Trim();
        var leads = (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>');
        if (_line.Length > 0 && !char.IsWhiteSpace(_line[^1]) && element.PreviousSibling is IText { Data: [.., var c] }
            && char.IsWhiteSpace(c)) _line.Append(' ');
        _line.Append(!leads ? words : $"[{words.Replace("]", "\\]", StringComparison.Ordinal)}]("
            + address.Replace("(", "%28", StringComparison.Ordinal)
            .Replace(")", "%29", StringComparison.Ordinal) + ")");
    }

    /// <summary>What an element says, on one line.</summary>
    private static string Part(IElement element, Look look)
    {
        var part = new PageMarkdown("");
        part.Walk(element, look);
        part.EndParagraph();
        return Joined(string.Join(' ', part._blocks));
    }

    private void EndParagraph()
    {
        var lines = _line.ToString().Split('\n').Select(l => MarkdownEscapes.Line(l.Trim())).Where(l => l.Length > 0);
        if (string.Join('\n', lines) is { Length: > 0 } text) _blocks.Add(text);
        _line.Clear();
    }

    private void AddBlock(string text)
    {
        EndParagraph();
        if (text.Length > 0) _blocks.Add(text);
    }

    /// <summary>
    /// Every heading begins a section of its own, since a section is what is quoted; one below another says of what.
    /// </summary>
    private void AddHeading(IElement element, Look look)
    {
        EndParagraph();
        var level = element.LocalName[1] - '0';
        var words = MarkdownEscapes.Heading(Part(element, look));
        if (words.Length == 0 || words.Equals(MarkdownEscapes.Heading(_title), StringComparison.OrdinalIgnoreCase))
            return;
        Array.Clear(_path, level, _path.Length - level);
        var above = level > 2 ? _path[1..level].LastOrDefault(p => p is not null) : null;
        _path[level] = words;
        var heading = above is null ? words : $"{above}: {words}";
        for (var n = 2; !_headings.Add(heading); n++)
            heading = $"{(above is null ? words : $"{above}: {words}")} ({n})";
        // A heading without a text below it is no section.
        if (_blocks is [.., ['#', '#', ' ', ..]]) _blocks.RemoveAt(_blocks.Count - 1);
        _blocks.Add($"## {heading}");
    }

    private static IEnumerable<string> Items(IElement list, Look look, string indent)
    {
        var number = 0;
        foreach (var item in list.Children)
        {
            if (item.LocalName is "ul" or "ol" && Inside(item, look) is { } nested)
                foreach (var line in Items(item, nested, indent + "  ")) yield return line;
            if (item.LocalName != "li" || Inside(item, look) is not { } inside) continue;
            var mark = list.LocalName == "ol" ? $"{++number}." : "-";
            var below = item.Children.Where(c => c.LocalName is "ul" or "ol").ToList();
            foreach (var inner in below) inner.Remove();
            if (Part(item, inside) is { Length: > 0 } words) yield return $"{indent}{mark} {words}";
            foreach (var inner in below)
                foreach (var line in Items(inner, inside, indent + new string(' ', mark.Length + 1))) yield return line;
        }
    }

    private static string Table(IElement element, Look look)
    {
        var table = new PageTable();
        var row = 0;
        foreach (var tr in PageTable.Rows(element))
        {
            if (Inside(tr, look) is not { } inside) continue;
            foreach (var cell in PageTable.Cells(tr))
                if (!table.Add(row, Inside(cell, inside) is { } shown ? Part(cell, shown) : "",
                    Span(cell, "colspan"), Span(cell, "rowspan")))
                    throw new ImportException("a table of more than 2000 rows or 40 columns: split it");
            row++;
        }
        return table.ToMarkdown();
    }

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), out var span) && span > 0 ? span : 1;

    private void AddCode(IElement element)
    {
        var code = MarkdownEscapes.Visible(element.TextContent).Trim('\n').TrimEnd();
        if (code.Length == 0) return;
        var fence = new string('`', Math.Max(3, LongestRun(code) + 1));
        AddBlock($"{fence}\n{code}\n{fence}");
    }

    private static int LongestRun(string code)
    {
        var (longest, run) = (0, 0);
        foreach (var c in code) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return longest;
    }
}
