namespace Baton.Knowledge.Markdown;

/// <summary>What a block of Markdown is.</summary>
internal enum BlockKind
{
    Heading,
    Paragraph,
    List,
    Table,
    Code,
}

/// <summary>A block by its place in the text; <see cref="Level"/> is a heading's depth, 1–6.</summary>
internal readonly record struct MarkdownBlock(BlockKind Kind, int Start, int End, int Level = 0)
{
    public int Length => End - Start;

    public string In(string text) => text[Start..End];
}
