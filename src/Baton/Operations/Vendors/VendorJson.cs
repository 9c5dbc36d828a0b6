using System.Globalization;
using System.Text.Json;

namespace Baton.Operations.Vendors;

/// <summary>Reads what others send. Total: what is not there, or is something else, is null.</summary>
internal static class VendorJson
{
    private const int Deepest = 64;

    /// <summary>The document, or undefined when it is none.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
            var read = JsonElement.ParseValue(ref reader);
            return reader.Read() ? default : read;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The value at a path of names; undefined when there is none.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) json = Of(json, name);
        return json;
    }

    private static JsonElement Of(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A name among them holds half of a surrogate pair.
            return default;
        }
    }

    /// <summary>A text that is there and says something.</summary>
    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var value = json.At(path);
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }

    /// <summary>An id, which some write as a number and some as a text.</summary>
    public static string? Id(this JsonElement json, params ReadOnlySpan<string> path) => json.At(path) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var id) =>
            id.ToString(CultureInfo.InvariantCulture),
        { ValueKind: JsonValueKind.String } => json.Text(path),
        _ => null,
    };

    public static double? Number(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value
        : null;

    /// <summary>True only where it says so.</summary>
    public static bool IsTrue(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path).ValueKind == JsonValueKind.True;

    /// <summary>The items of a list; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A time in ISO 8601, or in seconds since 1970.</summary>
    public static DateTimeOffset? Time(this JsonElement json, params ReadOnlySpan<string> path)
    {
        if (json.Text(path) is { } text)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        return json.Number(path) is { } seconds and > 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
    }
}
