using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Baton.Gateway.Money.Exporting;

/// <summary>Writes pages of receipts into a stream, one format a stream.</summary>
internal sealed class ReceiptWriter(ReceiptFormat format, Stream stream) : IAsyncDisposable
{
    private static readonly ParquetSchema Schema = new([.. ReceiptField.All.Select(Column)]);

    private ParquetWriter? _parquet;
    private bool _isBegun;

    public async Task WriteAsync(IReadOnlyList<PlacedReceipt> receipts, CancellationToken cancellationToken)
    {
        if (format == ReceiptFormat.Parquet)
        {
            _parquet ??= await ParquetWriter.CreateAsync(Schema, stream, cancellationToken: cancellationToken);
            using var group = _parquet.CreateRowGroup();
            foreach (var (field, column) in ReceiptField.All.Zip(Schema.GetDataFields()))
                await WriteAsync(group, column, field, receipts, cancellationToken);
            group.CompleteValidate();
            return;
        }
        var text = new StringBuilder();
        if (format == ReceiptFormat.Csv && !_isBegun)
            text.AppendJoin(',', ReceiptField.All.Select(f => f.Name)).Append("\r\n");
        _isBegun = true;
        foreach (var receipt in receipts)
            if (format == ReceiptFormat.Csv) text.AppendJoin(',', ReceiptField.All.Select(f => Csv(f.Value(receipt)))).Append("\r\n");
            else text.Append(Json(receipt)).Append('\n');
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    /// <summary>Ends the file: one of no receipts is whole as well.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!_isBegun && _parquet is null) await WriteAsync([], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_parquet is not null) await _parquet.DisposeAsync();
    }

    private static string Json(PlacedReceipt receipt)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var field in ReceiptField.All)
            {
                json.WritePropertyName(field.Name);
                switch (field.Value(receipt))
                {
                    case null: json.WriteNullValue(); break;
                    case string tags when field.Name == "tags": json.WriteRawValue(tags); break;
                    case string text: json.WriteStringValue(text); break;
                    case long whole: json.WriteNumberValue(whole); break;
                    case double number: json.WriteNumberValue(number); break;
                    case decimal amount: json.WriteNumberValue(amount); break;
                    case bool flag: json.WriteBooleanValue(flag); break;
                    case var other: throw new UnreachableException(other.GetType().Name);
                }
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Formulas stay text in a spreadsheet.</summary>
    private static string Csv(object? value)
    {
        var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (value is string && text.Length > 0 && text[0] is '=' or '+' or '-' or '@') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static Field Column(ReceiptField field) =>
        field.Type == typeof(string) ? new DataField(field.Name, typeof(string), isNullable: true)
        : field.Type == typeof(long) ? new DataField(field.Name, typeof(long), isNullable: false)
        : field.Type == typeof(bool) ? new DataField(field.Name, typeof(bool), isNullable: false)
        // Dollars as a number of the format are near enough for the eye: nano-dollars are exact.
        : new DataField(field.Name, typeof(double), isNullable: true);

    private static Task WriteAsync(
        ParquetRowGroupWriter group, DataField column, ReceiptField field, IReadOnlyList<PlacedReceipt> receipts,
        CancellationToken cancellationToken)
    {
        var values = receipts.Select(field.Value);
        if (field.Type == typeof(string)) return group.WriteAsync(column, values.Select(v => (string?)v).ToArray()!);
        if (field.Type == typeof(long))
            return group.WriteAsync<long>(
                column, values.Select(v => (long)v!).ToArray(), cancellationToken: cancellationToken);
        if (field.Type == typeof(bool))
            return group.WriteAsync<bool>(
                column, values.Select(v => (bool)v!).ToArray(), cancellationToken: cancellationToken);
        return group.WriteAsync<double>(column,
            values.Select(v => v is null ? (double?)null : Convert.ToDouble(v, CultureInfo.InvariantCulture)).ToArray(),
            cancellationToken: cancellationToken);
    }
}
