using System.Text.RegularExpressions;
using Baton.Knowledge.Markdown;

namespace Baton.Knowledge.Answers;

/// <summary>
/// The smallest part of a passage that can stand in an answer: a sentence, a whole list with the sentence that
/// introduces it, one row of a table with its header.
/// </summary>
/// <param name="Start">Where it begins in the passage.</param>
/// <param name="End">Where it ends in the passage.</param>
/// <param name="Text">How it reads in an answer.</param>
/// <param name="IsBlock">A list or a row: stands on its own line.</param>
internal readonly record struct AnswerUnit(int Start, int End, string Text, bool IsBlock);

/// <summary>Takes a passage apart.</summary>
internal static partial class AnswerUnits
{
    public static List<AnswerUnit> Of(string passage)
    {
        var units = new List<AnswerUnit>();
        foreach (var block in MarkdownBlocks.Of(passage))
        {
            if (block.Kind == BlockKind.Paragraph) AddSentences(units, passage, block);
            else if (block.Kind == BlockKind.Table) AddRows(units, passage, block);
            else if (block.Kind == BlockKind.List) AddList(units, passage, block);
            else if (block.Kind == BlockKind.Code) units.Add(
                new AnswerUnit(block.Start, block.End, block.In(passage), true));
        }
        return units;
    }

    private static void AddSentences(List<AnswerUnit> units, string passage, MarkdownBlock block)
    {
        foreach (var (start, end) in Sentences.In(passage, block.Start, block.End))
        {
            var text = string.Join(' ', MarkdownText.Plain(passage[start..end]).Split(
                (char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Any(char.IsLetterOrDigit)) units.Add(new AnswerUnit(start, end, text, false));
        }
    }

    private static void AddList(List<AnswerUnit> units, string passage, MarkdownBlock block)
    {
        var (start, text) = (block.Start, string.Join('\n', Items(block.In(passage)).Select(Item)));
        if (units is [.., { IsBlock: false } intro] && intro.Text.EndsWith(':'))
        {
            (start, text) = (intro.Start, $"{intro.Text}\n{text}");
            units.RemoveAt(units.Count - 1);
        }
        units.Add(new AnswerUnit(start, block.End, text, true));
    }

    /// <summary>Each item as one line: an article wraps its lines for editors, a letter must not.</summary>
    private static List<string> Items(string list)
    {
        var items = new List<string>();
        foreach (var line in list.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)))
        {
            if (items.Count == 0 || Bullet().IsMatch(line)) items.Add(line);
            else items[^1] = $"{items[^1].TrimEnd()} {line.Trim()}";
        }
        return items;
    }

    [GeneratedRegex(@"^\s*([-*+•]|\d{1,9}[.)])\s")]
    private static partial Regex Bullet();

    /// <summary>One line of a list: its bullet or number, then the words.</summary>
    private static string Item(string line)
    {
        var words = line.TrimStart();
        var indent = line[..^words.Length];
        return words.StartsWith("* ", StringComparison.Ordinal)
            ? $"{indent}- {MarkdownText.Plain(words[2..]).TrimEnd()}"
            : indent + MarkdownText.Plain(words).TrimEnd();
    }

    /// <summary>A row reads "Country: Norway, Days: 1"; without a header, its cells.</summary>
    private static void AddRows(List<AnswerUnit> units, string passage, MarkdownBlock block)
    {
        string[]? header = null;
        var start = block.Start;
        foreach (var line in block.In(passage).Split('\n'))
        {
            var end = start + line.Length;
            var cells = CellBorder().Split(line.Trim().Trim('|')).Select(c => MarkdownText.Plain(c.Trim())).ToArray();
            var ruler = cells.All(c => c.Trim('-', ':', ' ').Length == 0);
            if (header is null) header = cells;
            else if (!ruler) units.Add(new AnswerUnit(start, end, Row(header, cells), true));
            start = end + 1;
        }
    }

    /// <summary>A bar that is not escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();

    private static string Row(string[] header, string[] cells) => string.Join(", ", cells.Select((cell, i) =>
        i < header.Length && header[i].Length > 0 ? $"{header[i]}: {cell}" : cell));
}
