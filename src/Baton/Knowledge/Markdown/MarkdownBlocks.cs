namespace Baton.Knowledge.Markdown;

/// <summary>
/// Finds the blocks of a Markdown text, as far as cutting it into passages needs: headings, fenced code, tables, lists
/// and paragraphs. Never fails; what is not understood is a paragraph.
/// </summary>
internal static class MarkdownBlocks
{
    /// <summary>The blocks in order, without the blank lines between them.</summary>
    public static List<MarkdownBlock> Of(string text)
    {
        var blocks = new List<MarkdownBlock>();
        var at = 0;
        while (at < text.Length)
        {
            var end = LineEnd(text, at);
            if (text.AsSpan(at, end - at).IsWhiteSpace())
            {
                at = Next(text, end);
                continue;
            }
            var block = BlockAt(text, at, end);
            blocks.Add(block);
            at = Next(text, block.End);
        }
        return blocks;
    }

    /// <summary>The words of a heading without its marks.</summary>
    public static string HeadingText(string text, MarkdownBlock heading)
    {
        var line = text.AsSpan(heading.Start, heading.Length);
        var newline = line.IndexOf('\n');
        if (newline >= 0) line = line[..newline];
        return MarkdownText.Plain(line.Trim().Trim('#').Trim().ToString());
    }

    private static MarkdownBlock BlockAt(string text, int start, int lineEnd)
    {
        var line = text.AsSpan(start, lineEnd - start).Trim();
        if (Level(line) is > 0 and var level) return new MarkdownBlock(BlockKind.Heading, start, lineEnd, level);
        if (IsFence(line)) return new MarkdownBlock(BlockKind.Code, start, FenceEnd(text, lineEnd, line[0]));
        if (line[0] == '|') return new MarkdownBlock(BlockKind.Table, start, RunEnd(text, lineEnd, IsTableLine));
        if (IsListItem(line)) return new MarkdownBlock(BlockKind.List, start, ListEnd(text, lineEnd));

        var nextEnd = LineEnd(text, Next(text, lineEnd));
        var next = text.AsSpan(lineEnd, nextEnd - lineEnd).Trim();
        return next.Length > 1 && (next.Trim('=').IsEmpty || next.Trim('-').IsEmpty)
            ? new MarkdownBlock(BlockKind.Heading, start, nextEnd, next[0] == '=' ? 1 : 2)
            : new MarkdownBlock(BlockKind.Paragraph, start, RunEnd(text, lineEnd, IsParagraphLine));
    }

    private static int Level(ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        return level is > 0 and <= 6 && line[level] == ' ' ? level : 0;
    }

    public static bool IsListItem(ReadOnlySpan<char> line)
    {
        if (line.Length < 2) return false;
        if (line[0] is '-' or '*' or '+' or '•') return line[1] == ' ';
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= 3 && line[digits] is '.' or ')'
            && (line.Length == digits + 1 || line[digits + 1] == ' ');
    }

    private static bool IsFence(ReadOnlySpan<char> line) => line.StartsWith("```") || line.StartsWith("~~~");

    private static bool IsTableLine(ReadOnlySpan<char> line) => line.Length > 0 && line[0] == '|';

    private static bool IsParagraphLine(ReadOnlySpan<char> line) =>
        line.Length > 0 && Level(line) == 0 && !IsFence(line) && line[0] != '|' && !IsListItem(line);

    private delegate bool LineTest(ReadOnlySpan<char> line);

    private static int RunEnd(string text, int end, LineTest belongs)
    {
        while (end < text.Length)
        {
            var start = Next(text, end);
            var next = LineEnd(text, start);
            if (start >= text.Length || !belongs(text.AsSpan(start, next - start).Trim())) break;
            end = next;
        }
        return end;
    }

    /// <summary>A list goes on over blank lines as long as items or indented lines follow.</summary>
    private static int ListEnd(string text, int end)
    {
        var at = end;
        while (at < text.Length)
        {
            var start = Next(text, at);
            if (start >= text.Length) break;
            var next = LineEnd(text, start);
            var line = text.AsSpan(start, next - start);
            var blankBefore = end != at;
            if (line.IsWhiteSpace()) at = next;
            else if (IsListItem(line.Trim()) || char.IsWhiteSpace(line[0]) || (!blankBefore && IsParagraphLine(line)))
                at = end = next;
            else break;
        }
        return end;
    }

    private static int FenceEnd(string text, int end, char mark)
    {
        while (end < text.Length)
        {
            var start = Next(text, end);
            end = LineEnd(text, start);
            var line = text.AsSpan(start, end - start).Trim();
            if (line.Length >= 3 && line.Trim(mark).IsEmpty) break;
        }
        return end;
    }

    private static int LineEnd(string text, int at)
    {
        var end = text.AsSpan(at).IndexOf('\n');
        return end < 0 ? text.Length : at + end;
    }

    private static int Next(string text, int lineEnd) => Math.Min(text.Length, lineEnd + 1);
}
