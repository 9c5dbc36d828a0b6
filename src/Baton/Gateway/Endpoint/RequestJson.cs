using System.Text.Json;
using Baton.Text.Words;

namespace Baton.Gateway.Endpoint;

/// <summary>
/// The one reading of a body from outside. Limits, reservation and the request to the provider are all made from it,
/// so a body that two readers could understand differently is refused: a field named twice, a value of the wrong
/// type, a number out of its range.
/// </summary>
internal static class RequestJson
{
    private const int MaxShownChars = 60;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="EndpointFailure">The body is no JSON object, or not a sound one.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw EndpointFailure.Bad($"The body is {Shown(document.RootElement)}; send a JSON object.");
            CheckSound(document.RootElement, "body");
            return document;
        }
        catch (JsonException error)
        {
            throw EndpointFailure.Bad($"The body is not JSON, or names a field twice: {error.Message}");
        }
        catch (InvalidOperationException) when (document is null)
        {
            throw EndpointFailure.Bad("The name of a field holds half of a surrogate pair; send whole characters.");
        }
        catch (EndpointFailure)
        {
            document?.Dispose();
            throw;
        }
    }

    /// <summary>A number between two bounds; null when it is left out or null.</summary>
    public static double? Number(JsonElement parent, string name, double least, double most)
    {
        if (Given(parent, name) is not { } value) return null;
        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        if (number >= least && number <= most) return number;
        throw Wrong(name, value, $"a number from {least} to {most}");
    }

    /// <summary>The same without a fraction.</summary>
    public static int? Whole(JsonElement parent, string name, int least, int most)
    {
        if (Given(parent, name) is not { } value) return null;
        var isWhole = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _);
        if (isWhole && value.GetInt32() is var number && number >= least && number <= most) return number;
        throw Wrong(name, value, $"a whole number from {least} to {most}");
    }

    public static long? Long(JsonElement parent, string name)
    {
        if (Given(parent, name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        throw Wrong(name, value, "a whole number of at most 64 bits");
    }

    public static bool? Flag(JsonElement parent, string name) => Given(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(name, other, "true or false"),
    };

    public static string? Text(JsonElement parent, string name) => Given(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Wrong(name, other, "a text"),
    };

    public static string RequiredText(JsonElement parent, string name) =>
        Text(parent, name) is { Length: > 0 } text ? text : throw Missing(name, "a text");

    /// <summary>An object; null when it is left out or null.</summary>
    public static JsonElement? Member(JsonElement parent, string name) => Given(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } member => member,
        { } other => throw Wrong(name, other, "an object"),
    };

    public static JsonElement RequiredMember(JsonElement parent, string name) =>
        Member(parent, name) ?? throw Missing(name, "an object");

    /// <summary>The items of a list; none when it is left out or null.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement parent, string name) => Given(parent, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { } other => throw Wrong(name, other, "a list"),
    };

    /// <summary>One of a few words; null when it is left out or null.</summary>
    public static string? Word(JsonElement parent, string name, params ReadOnlySpan<string> words)
    {
        if (Text(parent, name) is not { } word) return null;
        return words.Contains(word) ? word : throw Wrong(name, Given(parent, name)!.Value, string.Join(" or ", words!));
    }

    /// <summary>The value of a field; null when it is left out or null.</summary>
    public static JsonElement? Given(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            throw EndpointFailure.Bad($"Where '{name}' belongs there is {Shown(parent)}; send an object.");
        return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public static EndpointFailure Wrong(string name, JsonElement value, string wanted) =>
        EndpointFailure.Bad($"'{name}' is {Shown(value)}; give {wanted}.");

    private static EndpointFailure Missing(string name, string wanted) =>
        EndpointFailure.Bad($"'{name}' is missing or empty; give {wanted}.");

    /// <summary>What no field may hold: numbers that are none, and halves of letters.</summary>
    private static void CheckSound(JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject()) CheckSound(field.Value, field.Name);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) CheckSound(item, name);
                break;
            case JsonValueKind.Number when !double.IsFinite(value.GetDouble()):
                throw Wrong(name, value, "a number below 1.8e308");
            case JsonValueKind.String:
                CheckText(value, name);
                break;
        }
    }

    private static void CheckText(JsonElement value, string name)
    {
        try
        {
            _ = value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw EndpointFailure.Bad($"'{name}' holds half of a surrogate pair; send whole characters.");
        }
    }

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        text = CutText.Of(text, MaxShownChars, "…");
        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text {text}",
            _ => text,
        };
    }
}
