using System.Text;
using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Archive.Segments;

/// <summary>
/// A line of a segment: an event, or a row of a table. An event's data stands in it as it is in the ledger, byte for
/// byte, so that its hash can be made again.
/// </summary>
internal abstract record SegmentLine
{
    private SegmentLine() { }

    public sealed record OfEvent(StoredEvent Fact) : SegmentLine;

    /// <param name="Columns">Those that are not null, by name.</param>
    public sealed record OfRow(string Table, IReadOnlyDictionary<string, JsonElement> Columns) : SegmentLine
    {
        /// <summary>Text of a column.</summary>
        public string Text(string column) => Columns[column].GetString()!;

        /// <summary>The value for a column of a table.</summary>
        public SqlValue Value(TableColumn column) => !Columns.TryGetValue(column.Name, out var value) ? default
            : column.Kind switch
            {
                SqlKind.Integer => value.GetInt64(),
                SqlKind.Real => value.GetDouble(),
                SqlKind.Text => value.GetString(),
                _ => value.GetProperty("base64").GetBytesFromBase64(),
            };
    }
}

/// <summary>Writes and reads the lines of a segment.</summary>
internal static class SegmentLines
{
    /// <summary>Bytes that a line may have; a file of a customer is the longest.</summary>
    private const int Longest = 128 * 1024 * 1024;

    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    public static void Write(Stream to, StoredEvent fact)
    {
        using (var json = new Utf8JsonWriter(to, Writing))
        {
            json.WriteStartObject();
            json.WriteString("stream", fact.StreamId);
            json.WriteNumber("version", fact.Version);
            json.WriteNumber("seq", fact.Seq);
            json.WriteString("type", fact.Type);
            json.WriteString("at", Ledger.Time(fact.At));
            json.WriteString("hash", fact.Hash);
            json.WritePropertyName("data");
            if (IsOneLine(fact.Data.Span)) json.WriteRawValue(fact.Data.Span, skipInputValidation: true);
            else json.WriteBase64StringValue(fact.Data.Span);
            json.WriteEndObject();
        }
        to.WriteByte((byte)'\n');
    }

    public static void Write(Stream to, string table, IReadOnlyList<TableColumn> columns, SqlValue[] row)
    {
        using (var json = new Utf8JsonWriter(to, Writing))
        {
            json.WriteStartObject();
            json.WriteString("table", table);
            json.WriteStartObject("row");
            for (var i = 0; i < row.Length; i++) Write(json, columns[i].Name, row[i]);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        to.WriteByte((byte)'\n');
    }

    /// <exception cref="InvalidDataException">A line is none of a segment; the message says which.</exception>
    public static IEnumerable<SegmentLine> Read(Stream from)
    {
        using var reader = new StreamReader(from, new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (var number = 1; Line(reader, number) is { } line; number++) yield return Parse(line, number);
    }

    private static string? Line(StreamReader reader, int number)
    {
        try
        {
            var line = reader.ReadLine();
            return line is { Length: > Longest } ? throw new InvalidDataException("it is too long") : line;
        }
        catch (Exception error) when (error is DecoderFallbackException or InvalidDataException or IOException)
        {
            throw new InvalidDataException($"line {number} cannot be read: {error.Message}");
        }
    }

    private static SegmentLine Parse(string line, int number)
    {
        try
        {
            var json = JsonElement.Parse(line);
            if (json.TryGetProperty("table", out var table))
                return new SegmentLine.OfRow(table.GetString()!,
                    json.GetProperty("row").EnumerateObject().ToDictionary(p => p.Name, p => p.Value));
            var data = json.GetProperty("data");
            return new SegmentLine.OfEvent(new StoredEvent
            {
                StreamId = json.GetProperty("stream").GetString()!, Version = json.GetProperty("version").GetInt64(),
                Seq = json.GetProperty("seq").GetInt64(), Type = json.GetProperty("type").GetString()!,
                At = json.GetProperty("at").GetDateTimeOffset(), Hash = json.GetProperty("hash").GetString()!,
                Data = data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes) ? bytes
                    : Encoding.UTF8.GetBytes(data.GetRawText()),
            });
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw new InvalidDataException($"line {number} is no line of a segment: {error.Message}");
        }
    }

    private static void Write(Utf8JsonWriter json, string name, SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlKind.Integer: json.WriteNumber(name, value.Bits); break;
            case SqlKind.Real: json.WriteNumber(name, BitConverter.Int64BitsToDouble(value.Bits)); break;
            case SqlKind.Text: json.WriteString(name, (string)value.Reference!); break;
            case SqlKind.Blob:
                json.WriteStartObject(name);
                json.WriteBase64String("base64", value.Bytes);
                json.WriteEndObject();
                break;
            default: break;
        }
    }

    /// <summary>Every event of ours is an object on one line; one that is not travels as bytes.</summary>
    private static bool IsOneLine(ReadOnlySpan<byte> data) =>
        data is [(byte)'{', ..] && !data.ContainsAny("\n\r"u8) && data[^1] == (byte)'}';
}
