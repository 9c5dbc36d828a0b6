using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Storage.Engines;

namespace Baton.Storage.Moving;

/// <summary>Reads a table in batches in the order of its key, so that reading can go on after any row.</summary>
internal sealed class KeyedRows
{
    /// <summary>Rows of one batch: as many as about <see cref="BatchBytes"/> hold.</summary>
    private const int FewestRows = 8, FirstRows = 64, MostRows = 4_096;

    private const long BatchBytes = 4 * 1024 * 1024;

    private readonly TableShape _table;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly int[] _keyPlaces;
    private readonly string _first, _next;
    private int _limit = FirstRows;

    /// <param name="table">As it is where the rows are read.</param>
    /// <param name="columns">What is read of each row; the key is among it.</param>
    public KeyedRows(TableShape table, IReadOnlyList<TableColumn> columns)
    {
        (_table, _columns) = (table, columns);
        _keyPlaces = [.. table.Key.Select(k => columns.Select(c => c.Name).ToList().IndexOf(k.Name))];
        var key = string.Join(", ", table.Key.Select(k => $"\"{k.Name}\""));
        var read = $"select {string.Join(", ", columns.Select(c => $"\"{c.Name}\""))} from \"{table.Name}\"";
        var after = string.Join(", ", table.Key.Select((_, i) => $"${i + 1}"));
        _first = $"{read} order by {key} limit $1";
        _next = $"{read} where ({key}) > ({after}) order by {key} limit ${table.Key.Count + 1}";
    }

    /// <summary>The rows after a key; null is the beginning. Fewer than were asked for are the last ones.</summary>
    public List<SqlValue[]> Read(ReadConnection connection, SqlValue[]? after)
    {
        var rows = connection.Query(after is null ? _first : _next, Values, [.. after ?? [], _limit]);
        if (rows.Count == 0) return rows;
        var each = Math.Max(1, rows.Sum(r => r.Sum(Size)) / rows.Count);
        _limit = (int)Math.Clamp(BatchBytes / each, FewestRows, Math.Min(MostRows, 4L * _limit));
        return rows;
    }

    public SqlValue[] KeyOf(SqlValue[] row) => [.. _keyPlaces.Select(place => row[place])];

    /// <summary>A key as text.</summary>
    public static string Text(SqlValue[] key) => new JsonArray([.. key.Select(Node)]).ToJsonString();

    /// <summary>The key that <see cref="Text"/> made a text of.</summary>
    public SqlValue[] Key(string text) =>
        [.. JsonSerializer.Deserialize<JsonElement[]>(text)!.Select((value, i) => _table.Key[i].Kind switch
        {
            SqlKind.Integer => (SqlValue)value.GetInt64(),
            SqlKind.Text => value.GetString(),
            _ => value.GetBytesFromBase64(),
        })];

    private SqlValue[] Values(Row row)
    {
        var values = new SqlValue[_columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = _columns[i].Read(row, i);
        return values;
    }

    private static JsonNode? Node(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => JsonValue.Create(value.Bits),
        SqlKind.Text => JsonValue.Create((string)value.Reference!),
        _ => JsonValue.Create(Convert.ToBase64String(value.Bytes)),
    };

    private static long Size(SqlValue value) => value.Kind switch
    {
        SqlKind.Text => ((string)value.Reference!).Length,
        SqlKind.Blob => value.Bytes.Length,
        _ => 8,
    };
}
