using System.Text;
using AngleSharp.Dom;

namespace Baton.Knowledge.Importing.Pages;

/// <summary>A table of a page as one of Markdown, whole: cells over several rows stand in each of them.</summary>
internal sealed class PageTable
{
    private const int MostRows = 2_000, MostColumns = 40;

    private readonly List<List<string>> _rows = [];
    private readonly Dictionary<(int Row, int Column), string> _from = [];
    private int _columns;

    /// <summary>The only cell of a table that is there for the layout; null for a table of facts.</summary>
    public static IElement? OnlyCell(IElement table) =>
        Rows(table).Take(2).ToList() is [var row] && Cells(row).Take(2).ToList() is [var cell] ? cell : null;

    /// <summary>The rows of this table, not of those inside it.</summary>
    public static IEnumerable<IElement> Rows(IElement table) =>
        table.Children.SelectMany(child => child.LocalName switch
    {
        "tr" => [child],
        "thead" or "tbody" or "tfoot" => child.Children.Where(c => c.LocalName == "tr"),
        _ => (IEnumerable<IElement>)[],
    });

    public static IEnumerable<IElement> Cells(IElement row) =>
        row.Children.Where(cell => cell.LocalName is "td" or "th");

    /// <summary>A cell at the next free place of a row.</summary>
    /// <returns>False where a table is larger than one may be.</returns>
    public bool Add(int row, string text, int columns, int rows)
    {
        if (row >= MostRows) return false;
        while (_rows.Count <= row) _rows.Add([]);
        Fill(row);
        if (_rows[row].Count >= MostColumns) return false;
        var at = _rows[row].Count;
        for (var r = 1; r < Math.Min(rows, MostRows - row); r++) _from[(row + r, at)] = text;
        _rows[row].Add(text);
        for (var c = 1; c < Math.Min(columns, MostColumns - at); c++) _rows[row].Add("");
        _columns = Math.Max(_columns, _rows[row].Count);
        return true;
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        for (var r = 0; r < _rows.Count; r++)
        {
            Fill(r);
            if (_rows[r].All(string.IsNullOrWhiteSpace)) continue;
            var cells = _rows[r].Concat(Enumerable.Repeat("", Math.Max(0, _columns - _rows[r].Count)));
            var first = text.Length == 0;
            text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");
            if (first) text.Append('|').Insert(text.Length, "---|", _columns).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A cell on one line; a bar in it is no border.</summary>
    public static string Cell(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Cells that reach down from rows above.</summary>
    private void Fill(int row)
    {
        while (_from.Remove((row, _rows[row].Count), out var text)) _rows[row].Add(text);
    }
}
