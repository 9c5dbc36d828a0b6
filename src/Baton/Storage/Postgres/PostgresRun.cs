using System.Globalization;
using System.Text;
using Baton.Storage.Engines;
using Npgsql;

namespace Baton.Storage.Postgres;

/// <summary>
/// The rows of a statement, fetched at once: a connection runs one statement at a time, and works read rows while they
/// write others.
/// </summary>
internal sealed class PostgresRun : SqlRun
{
    private readonly List<object?[]> _rows = [];
    private readonly FetchedRow _row = new();
    private int _next;

    private PostgresRun() { }

    public override Row Row => _row;

    public static PostgresRun Of(NpgsqlDataReader reader)
    {
        var run = new PostgresRun();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            run._rows.Add(row);
        }
        return run;
    }

    public override bool Step()
    {
        if (_next >= _rows.Count) return false;
        _row.Values = _rows[_next++];
        return true;
    }

    public override void Dispose() { }

    private sealed class FetchedRow : Row
    {
        public object?[] Values { get; set; } = [];

        public override bool IsNull(int column) => Values[column] is null;

        public override long Int64(int column) =>
            Values[column] is long number ? number : Convert.ToInt64(Values[column], CultureInfo.InvariantCulture);

        public override double Double(int column) =>
            Values[column] is double number ? number : Convert.ToDouble(Values[column], CultureInfo.InvariantCulture);

        public override string Text(int column) =>
            Values[column] as string ?? Convert.ToString(Values[column], CultureInfo.InvariantCulture) ?? "";

        public override ReadOnlySpan<byte> Utf8(int column) =>
            Values[column] as byte[] ?? Encoding.UTF8.GetBytes(Text(column));
    }
}
