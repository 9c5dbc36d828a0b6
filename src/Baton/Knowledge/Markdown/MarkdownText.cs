using System.Buffers;
using System.Text;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Baton.Knowledge.Markdown;

/// <summary>Markdown as a person would read it aloud: links by their words, no marks for emphasis or code.</summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`[<\\&>");

    /// <summary>A sentence is no list and no heading, whatever it begins with; only marks inside it count.</summary>
    private static readonly MarkdownPipeline Pipeline = OnlySentences();

    /// <summary>The text of one line or sentence without inline marks; the rest stays as it is.</summary>
    public static string Plain(string markdown)
    {
        if (markdown.AsSpan().IndexOfAny(Marks) < 0) return markdown;
        try
        {
            var plain = new StringBuilder(markdown.Length);
            foreach (var block in Markdig.Markdown.Parse(markdown, Pipeline)) Write(block, plain);
            return plain.ToString();
        }
        catch (ArgumentException)
        {
            // Nested more than a hundred levels deep: quoted as it stands.
            return markdown;
        }
    }

    private static MarkdownPipeline OnlySentences()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new QuoteBlockParser());
        builder.BlockParsers.Add(new ParagraphBlockParser());
        return builder.Build();
    }

    private static void Write(Block block, StringBuilder plain)
    {
        if (plain.Length > 0) plain.Append('\n');
        if (block is LeafBlock { Inline: { } inlines }) Write(inlines, plain);
        else if (block is ContainerBlock container) foreach (var child in container) Write(child, plain);
    }

    private static void Write(ContainerInline inlines, StringBuilder plain)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal: plain.Append(literal.Content.AsSpan()); break;
                case CodeInline code: plain.Append(code.Content); break;
                case AutolinkInline link: plain.Append(link.Url); break;
                case HtmlEntityInline entity: plain.Append(entity.Transcoded.AsSpan()); break;
                case LineBreakInline: plain.Append('\n'); break;
                case LinkInline link: WriteLink(link, plain); break;
                case ContainerInline container: Write(container, plain); break;
                default: break; // Tags say nothing.
            }
        }
    }

    /// <summary>A link by its words; where it leads to another site, by its address too.</summary>
    private static void WriteLink(LinkInline link, StringBuilder plain)
    {
        var start = plain.Length;
        Write((ContainerInline)link, plain);
        if (link is { IsImage: false, Url: { } url } && url.StartsWith("http", StringComparison.Ordinal)
            && plain.ToString(start, plain.Length - start) != url) plain.Append($" ({url})");
    }
}
