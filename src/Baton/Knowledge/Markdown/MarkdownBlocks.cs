using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Baton.Knowledge.Markdown;

/// <summary>
/// Finds the blocks of a Markdown text (CommonMark and pipe tables), as far as cutting it into passages needs. Never
/// fails; what is nested too deeply to be read is one paragraph.
/// </summary>
internal static class MarkdownBlocks
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    /// <summary>The blocks in order, without the blank lines between them.</summary>
    public static List<MarkdownBlock> Of(string text)
    {
        var blocks = new List<MarkdownBlock>();
        if (Parse(text) is not { } document) Add(blocks, text, BlockKind.Paragraph, 0, text.Length);
        else foreach (var block in document) Add(blocks, text, block);
        return blocks;
    }

    /// <summary>The words of a heading without its marks.</summary>
    public static string HeadingText(string text, MarkdownBlock heading)
    {
        var line = text.AsSpan(heading.Start, heading.Length);
        var newline = line.LastIndexOf('\n');
        if (newline >= 0) line = line[..newline];
        return MarkdownText.Plain(line.Trim().Trim('#').Trim().ToString());
    }

    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdig.Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig refuses what nests deeper than a hundred levels: no article does, so nothing is lost.
            return null;
        }
    }

    private static void Add(List<MarkdownBlock> blocks, string text, Block block)
    {
        var (start, end) = (block.Span.Start, Math.Min(text.Length, block.Span.End + 1));
        switch (block)
        {
            case HeadingBlock heading:
                blocks.Add(new MarkdownBlock(BlockKind.Heading, start, end, heading.Level));
                break;
            case ListBlock: Add(blocks, text, BlockKind.List, start, end); break;
            case Table: Add(blocks, text, BlockKind.Table, start, end); break;
            case CodeBlock: Add(blocks, text, BlockKind.Code, start, end); break;
            case ThematicBreakBlock or LinkReferenceDefinitionGroup: break;
            default: AddByLines(blocks, text, start, end); break;
        }
    }

    /// <summary>
    /// Running text as a helpdesk's editor leaves it: rows of a table without its ruler, and lists with the sign '•',
    /// which CommonMark takes for words.
    /// </summary>
    private static void AddByLines(List<MarkdownBlock> blocks, string text, int start, int end)
    {
        for (var at = start; at < end;)
        {
            var kind = KindOf(text, at, end);
            var run = at;
            while (run < end && KindOf(text, run, end) == kind) run = NextLine(text, run, end);
            Add(blocks, text, kind, at, run);
            at = run;
        }
    }

    private static BlockKind KindOf(string text, int at, int end)
    {
        var line = text.AsSpan(at, end - at).TrimStart(' ');
        return line switch
        {
            ['|', ..] => BlockKind.Table,
            ['•', ' ', ..] => BlockKind.List,
            _ => BlockKind.Paragraph,
        };
    }

    private static int NextLine(string text, int at, int end)
    {
        var newline = text.AsSpan(at, end - at).IndexOf('\n');
        return newline < 0 ? end : at + newline + 1;
    }

    /// <summary>Without the white space around it.</summary>
    private static void Add(List<MarkdownBlock> blocks, string text, BlockKind kind, int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (start < end) blocks.Add(new MarkdownBlock(kind, start, end));
    }
}
