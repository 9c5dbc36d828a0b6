using System.Buffers;
using System.Text.Json;

namespace Baton.Gateway.Calls;

/// <summary>
/// The body of a passthrough request as its caller sent it. It goes on byte for byte but for the model's name and, in a
/// stream, the wish for usage, without which there would be nothing to write on the receipt.
/// </summary>
internal static class RawRequest
{
    private const string Model = "model", StreamOptions = "stream_options";

    /// <summary>The body for a provider.</summary>
    /// <param name="model">What the provider calls the model.</param>
    public static ReadOnlyMemory<byte> Write(JsonElement body, string model, bool stream)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString(Model, model);
        foreach (var field in body.EnumerateObject())
        {
            if (field.NameEquals(Model) || (stream && field.NameEquals(StreamOptions))) continue;
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
        }
        if (stream) WriteStreamOptions(json, body);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteStreamOptions(Utf8JsonWriter json, JsonElement body)
    {
        const string usage = "include_usage";
        json.WriteStartObject(StreamOptions);
        json.WriteBoolean(usage, true);
        if (body.TryGetProperty(StreamOptions, out var asked) && asked.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in asked.EnumerateObject())
                if (!field.NameEquals(usage)) field.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
