namespace Baton.Storage.Engines;

/// <summary>A table as whoever copies it needs it.</summary>
/// <param name="Columns">Those of the four kinds that both databases have, in order of name.</param>
/// <param name="Key">The columns of its primary key, in order of the key.</param>
/// <param name="Counted">The column whose numbers the database gives; null where there is none.</param>
internal sealed record TableShape(
    string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableColumn> Key, string? Counted)
{
    /// <summary>One row of a catalog: a column, with its place in the primary key from 1, or 0.</summary>
    internal sealed record Line(string Table, string Column, string Type, int KeyPlace, bool IsCounted);

    public static List<TableShape> Of(IEnumerable<Line> lines) =>
        [.. lines.GroupBy(l => l.Table).OrderBy(g => g.Key, StringComparer.Ordinal).Select(table => new TableShape(
            table.Key,
            [.. table.OrderBy(l => l.Column, StringComparer.Ordinal).Select(Column).OfType<TableColumn>()],
            [.. table.Where(l => l.KeyPlace > 0).OrderBy(l => l.KeyPlace).Select(Column).OfType<TableColumn>()],
            table.FirstOrDefault(l => l.IsCounted)?.Column))];

    private static TableColumn? Column(Line line) => line.Type switch
    {
        "integer" or "bigint" or "smallint" => new TableColumn(line.Column, SqlKind.Integer),
        "text" => new TableColumn(line.Column, SqlKind.Text),
        "blob" or "bytea" => new TableColumn(line.Column, SqlKind.Blob),
        "real" or "double precision" => new TableColumn(line.Column, SqlKind.Real),
        // What only one kind of database has, such as the number of a transaction, means nothing in another one.
        _ => null,
    };
}

internal sealed record TableColumn(string Name, SqlKind Kind)
{
    public SqlValue Read(Row row, int place) => row.IsNull(place) ? default : Kind switch
    {
        SqlKind.Integer => row.Int64(place),
        SqlKind.Real => row.Double(place),
        SqlKind.Text => row.Text(place),
        _ => row.Bytes(place),
    };
}
