using Baton.Knowledge.Markdown;

namespace Baton.Knowledge;

/// <summary>A part of an article: its headings and its place in the body.</summary>
internal readonly record struct Chunk(string Heading, int Start, int End);

/// <summary>
/// Cuts an article into passages at its headings, then between blocks when a section is long. Tables, lists and code
/// stay whole unless they are longer than a limit.
/// </summary>
internal static class Chunker
{
    public static List<Chunk> Split(Article article, KnowledgeOptions options)
    {
        var chunks = new List<Chunk>();
        var path = new List<(int Level, string Text)>();
        var (heading, start, end) = ("", -1, -1);
        foreach (var block in Pieces(article.Body, options.LongestBlock))
        {
            var full = start >= 0 && block.End - start > options.PassageLength;
            if (start >= 0 && (block.Kind == BlockKind.Heading || (full && !BelongsTogether(article.Body, end, block))))
            {
                chunks.Add(new Chunk(heading, start, end));
                start = -1;
            }
            if (block.Kind == BlockKind.Heading)
            {
                path.RemoveAll(h => h.Level >= block.Level);
                path.Add((block.Level, MarkdownBlocks.HeadingText(article.Body, block)));
                heading = Join(path, article.Title);
                continue;
            }
            if (start < 0) start = block.Start;
            end = block.End;
        }
        if (start >= 0) chunks.Add(new Chunk(heading, start, end));
        if (chunks.Count == 0) chunks.Add(new Chunk(heading, 0, 0));
        return chunks;
    }

    /// <summary>A sentence that ends in a colon introduces the list, table or code that follows.</summary>
    private static bool BelongsTogether(string body, int end, MarkdownBlock next) =>
        next.Kind is BlockKind.List or BlockKind.Table or BlockKind.Code
        && body.AsSpan(0, end).TrimEnd().TrimEnd('*') is [.., ':'];

    /// <summary>The title repeated as the first heading says nothing.</summary>
    private static string Join(List<(int Level, string Text)> path, string title) =>
        string.Join(" › ", path.Select(h => h.Text)
            .Where(h => h.Length > 0 && !h.Equals(title, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<MarkdownBlock> Pieces(string body, int longest)
    {
        foreach (var block in MarkdownBlocks.Of(body))
        {
            var start = block.Start;
            while (block.End - start > longest)
            {
                var cut = Cut(body, start, longest);
                yield return block with { Start = start, End = cut };
                start = cut;
            }
            yield return block with { Start = start };
        }
    }

    /// <summary>The last line end, sentence end or space before the limit, never inside a surrogate pair.</summary>
    private static int Cut(string body, int start, int longest)
    {
        var window = body.AsSpan(start, longest);
        foreach (var separator in (ReadOnlySpan<string>)["\n", ". ", " "])
        {
            var at = window.LastIndexOf(separator);
            if (at > longest / 2) return start + at + separator.Length;
        }
        return start + (char.IsHighSurrogate(window[^1]) ? longest - 1 : longest);
    }
}
