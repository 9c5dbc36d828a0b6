using System.Globalization;
using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;

namespace Baton.Channels.History;

/// <summary>The records of a JSON file: one a line, a list, or a page of a vendor's API with a list in it.</summary>
internal static class JsonRecords
{
    private const long LargestDocument = 1L << 30;

    private static readonly string[] Lists = ["tickets", "conversations", "results", "data", "items"];

    /// <summary>Line or number, and the record, or what is wrong with it.</summary>
    public static IEnumerable<(long Place, JsonElement? Record, string? Problem)> Read(string path) =>
        IsLines(path) ? Lines(path) : Document(path);

    /// <summary>The value at a path such as <c>a.b</c>; of a list of pairs with an id, the value of that id.</summary>
    public static string? Text(JsonElement record, string path)
    {
        var at = record;
        foreach (var step in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                var pair = at.EnumerateArray().FirstOrDefault(e => e.ValueKind == JsonValueKind.Object
                    && e.TryGetProperty("id", out var id) && id.ToString() == step);
                if (pair.ValueKind != JsonValueKind.Object || !pair.TryGetProperty("value", out at)) return null;
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }
        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(),
            _ => null,
        };
    }

    /// <summary>The list at a path; empty where there is none.</summary>
    public static IEnumerable<JsonElement> List(JsonElement record, string path)
    {
        var at = record;
        foreach (var step in path.Split('.'))
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at)) return [];
        return at.ValueKind == JsonValueKind.Array ? at.EnumerateArray() : [];
    }

    /// <summary>ISO 8601, or seconds since 1970; without a zone it is UTC.</summary>
    public static DateTimeOffset? Time(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
        : null;

    private static bool IsLines(string path)
    {
        using var reader = File.OpenText(path);
        string? line;
        while ((line = reader.ReadLine()) is not null && string.IsNullOrWhiteSpace(line)) { }
        if (line is null || line.TrimStart()[0] == '[') return false;
        try
        {
            using var first = JsonDocument.Parse(line);
            return first.RootElement.ValueKind != JsonValueKind.Object
                || !Lists.Any(l => first.RootElement.TryGetProperty(l, out var list)
                && list.ValueKind == JsonValueKind.Array && !first.RootElement.TryGetProperty("id", out _));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A page over many lines, or a list of records whose first one is broken.
            return line.TrimEnd().EndsWith('}') || line.Trim().Length > 1
                && reader.ReadLine()?.TrimStart().StartsWith('{') == true;
        }
    }

    private static IEnumerable<(long, JsonElement?, string?)> Lines(string path)
    {
        var number = 0L;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var (record, problem) = Parse(line);
            yield return (number, record, problem);
        }
    }

    private static (JsonElement?, string?) Parse(string line)
    {
        try
        {
            var record = JsonSerializer.Deserialize<JsonElement>(line);
            return Checked(record);
        }
        catch (JsonException error)
        {
            return (null, $"is not JSON: {error.Message}");
        }
    }

    /// <summary>A record, or what is wrong with it: halves of surrogate pairs are no text.</summary>
    private static (JsonElement?, string?) Checked(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object) return (null, "is no object");
        try
        {
            JsonUnicode.Check(record);
            return (record, null);
        }
        catch (TicketFormatException bad)
        {
            return (null, $"{bad.Field} {bad.Problem}");
        }
    }

    private static IEnumerable<(long, JsonElement?, string?)> Document(string path)
    {
        if (new FileInfo(path).Length > LargestDocument)
            throw new HistoryException(
                $"{path}: is over {LargestDocument:N0} bytes as one document: write one record a line");
        JsonDocument document;
        try
        {
            using var stream = File.OpenRead(path);
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException error)
        {
            throw new HistoryException($"{path}: is not JSON: {error.Message}");
        }
        using var whole = document;
        var root = whole.RootElement;
        var list = root.ValueKind == JsonValueKind.Array ? root
            : root.ValueKind != JsonValueKind.Object ? default
            : root.EnumerateObject().FirstOrDefault(
                p => p.Value.ValueKind == JsonValueKind.Array && Lists.Any(p.NameEquals)).Value;
        if (list.ValueKind != JsonValueKind.Array)
            throw new HistoryException($"{path}: has no list of records; known: {string.Join(", ", Lists)}");
        var number = 0L;
        foreach (var element in list.EnumerateArray())
        {
            var (record, problem) = Checked(element);
            yield return (++number, record?.Clone(), problem);
        }
    }
}
