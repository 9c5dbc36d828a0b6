using System.Text;
using Baton.Knowledge.Importing.Pages;
using nietras.SeparatedValues;

namespace Baton.Knowledge.Importing;

/// <summary>
/// Products as CSV: a section each with all its columns as a table, rows of one name being variants of one product; an
/// article a category. Separators <c>, ; |</c> and tab are told apart by the first line.
/// </summary>
internal static class Catalogue
{
    private static readonly string[] NameColumns = ["name", "title", "product", "product_name", "product name"];
    private static readonly string[] CategoryColumns = ["category", "product_type", "type", "product category"];
    private static readonly string[] TextColumns = ["description", "body", "summary"];

    /// <summary>Cells longer than this are not facts to compare.</summary>
    private const int LongestCell = 2_000;

    /// <exception cref="ImportException">It has no column with names, or too many columns.</exception>
    public static SourceContent Read(string path, ImportLimits limits)
    {
        var found = new Findings(limits);
        var file = Path.GetFileName(path);
        using var rows = Open(path, SourceBytes.Read(path, limits));
        var columns = rows.Header.ColNames.Select(n => MarkdownEscapes.Visible(n).Trim()).ToList();
        if (columns.Count > limits.Columns)
            throw new ImportException($"{path}: {columns.Count} columns; at most {limits.Columns} are read");
        if (Column(columns, NameColumns) is not { } name)
            throw new ImportException(
                $"{path}: no column is called {string.Join(", ", NameColumns)}; found {string.Join(", ", columns)}");
        var catalogue = new Dictionary<string, Dictionary<string, List<string[]>>>();
        var products = 0;
        foreach (var row in rows)
        {
            var where = $"{file}:{row.LineNumberFrom}";
            if (row.ColCount != columns.Count)
            {
                found.Bad(where, $"{row.ColCount} cells under {columns.Count} columns");
                continue;
            }
            var cells = new string[columns.Count];
            for (var c = 0; c < cells.Length; c++) cells[c] = MarkdownEscapes.Visible(row[c].ToString()).Trim();
            if (Fault(cells, columns, name) is { } fault) found.Bad(where, fault);
            else if (!Sections(catalogue, Cell(cells, Column(columns, CategoryColumns))).TryGetValue(
                MarkdownEscapes.Heading(cells[name]), out var variants))
            {
                if (products++ == limits.Products)
                {
                    found.Bad(where, $"at most {limits.Products} products are read; the rest is left out");
                    break;
                }
                Sections(catalogue, Cell(cells, Column(columns, CategoryColumns)))[MarkdownEscapes.Heading(
                    cells[name])] =
                    [cells];
            }
            else variants.Add(cells);
        }
        foreach (var (category, sections) in catalogue)
            found.Add($"{file}: {(category.Length == 0 ? "all" : category)}",
                Article(file, category, sections, columns, name));
        return found.Done();
    }

    private static SepReader Open(string path, string text)
    {
        try
        {
            return Sep.Reader(o => o with { Unescape = true, DisableColCountCheck = true }).FromText(text);
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException)
        {
            throw new ImportException($"{path}: the first line names the columns, each once: {error.Message}");
        }
    }

    private static string? Fault(string[] cells, List<string> columns, int name)
    {
        if (MarkdownEscapes.Heading(cells[name]).Length == 0) return $"has no '{columns[name]}'";
        var longest = Array.FindIndex(cells, c => c.Length > LongestCell);
        return longest < 0 ? null
            : $"'{columns[longest]}' has {cells[longest].Length} characters; at most {LongestCell} are taken";
    }

    private static Dictionary<string, List<string[]>> Sections(
        Dictionary<string, Dictionary<string, List<string[]>>> catalogue, string category)
    {
        if (!catalogue.TryGetValue(category, out var sections)) catalogue[category] = sections = [];
        return sections;
    }

    private static ImportedArticle Article(
        string file, string category, Dictionary<string, List<string[]>> sections, List<string> columns, int name)
    {
        var title = Path.GetFileNameWithoutExtension(file).Replace('-', ' ').Replace('_', ' ');
        title = char.ToUpperInvariant(title[0]) + title[1..];
        var text = new StringBuilder();
        foreach (var (heading, variants) in sections)
            text.Append("## ").Append(heading).Append("\n\n").Append(Section(variants, columns, name)).Append('\n');
        return new ImportedArticle(
            category.Length == 0 ? file : $"{file}#{category}",
            category.Length == 0 ? title : $"{title}: {MarkdownEscapes.Heading(category)}", text.ToString().Trim('\n'));
    }

    /// <summary>Descriptions as text, each once; everything else that any variant has as one table.</summary>
    private static string Section(List<string[]> variants, List<string> columns, int name)
    {
        var about = Column(columns, TextColumns);
        var shown = Enumerable.Range(0, columns.Count).Where(c =>
            c != name && c != about && c != Column(columns, CategoryColumns) && variants.Any(v => v[c].Length > 0))
                .ToList();
        var text = new StringBuilder();
        foreach (var line in variants.Select(v => Cell(v, about)).Where(t => t.Length > 0).Distinct())
            text.Append(string.Join('\n', line.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)
                .Select(l => MarkdownEscapes.Line(MarkdownEscapes.Inline(l))))).Append("\n\n");
        if (shown.Count == 0) return text.Length > 0 ? text.ToString()
            : $"{MarkdownEscapes.Inline(variants[0][name])}.\n";
        var table = new PageTable();
        for (var c = 0; c < shown.Count; c++) table.Add(0, MarkdownEscapes.Inline(columns[shown[c]]), 1, 1);
        for (var v = 0; v < variants.Count; v++)
            foreach (var c in shown) table.Add(v + 1, MarkdownEscapes.Inline(variants[v][c]), 1, 1);
        return text.Append(table.ToMarkdown()).Append('\n').ToString();
    }

    private static string Cell(string[] cells, int? column) => column is { } at ? cells[at] : "";

    private static int? Column(List<string> columns, string[] names) =>
        columns.FindIndex(c => names.Contains(c, StringComparer.OrdinalIgnoreCase)) is >= 0 and var at ? at : null;
}
