using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Baton.Gateway.Calls;

/// <summary>
/// The body of a passthrough request as its caller sent it. It goes on as it came but for three things: the model's
/// name, the limit of the output, which is what was reserved, and in a stream the wish for usage, without which there
/// would be nothing to write on the receipt.
/// </summary>
internal static class RawRequest
{
    private const string Model = "model", Stream = "stream", StreamOptions = "stream_options";
    private const string MaxTokens = "max_tokens", MaxCompletionTokens = "max_completion_tokens";

    /// <summary>Tokens that an image, a sound or a file counts for.</summary>
    private const int Medium = 1000;

    /// <summary>The body for a provider.</summary>
    /// <param name="model">What the provider calls the model.</param>
    /// <param name="maxOutput">The output that was reserved.</param>
    /// <param name="legacy">Where the limit goes when the caller named none.</param>
    public static ReadOnlyMemory<byte> Write(JsonElement body, string model, int? maxOutput, bool legacy, bool stream)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString(Model, model);
        foreach (var field in body.EnumerateObject())
        {
            if (field.Name is Model or Stream or MaxTokens or MaxCompletionTokens) continue;
            if (stream && field.Name == StreamOptions) continue;
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
        }
        if (maxOutput is { } most) json.WriteNumber(LimitName(body, legacy), most);
        if (stream) WriteStream(json, body);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// Input tokens by estimate, over every text of the body: a provider reads what Baton does not know, too.
    /// </summary>
    public static long Estimate(JsonElement body) => Math.Max(1, Estimate(body, "") / 4);

    private static string LimitName(JsonElement body, bool legacy)
    {
        if (IsGiven(body, MaxTokens)) return MaxTokens;
        return legacy && !IsGiven(body, MaxCompletionTokens) ? MaxTokens : MaxCompletionTokens;
    }

    private static bool IsGiven(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number;

    private static void WriteStream(Utf8JsonWriter json, JsonElement body)
    {
        const string usage = "include_usage";
        json.WriteBoolean(Stream, true);
        json.WriteStartObject(StreamOptions);
        json.WriteBoolean(usage, true);
        if (body.TryGetProperty(StreamOptions, out var asked) && asked.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in asked.EnumerateObject())
                if (!field.NameEquals(usage)) field.WriteTo(json);
        }
        json.WriteEndObject();
    }

    /// <summary>In bytes, four to a token.</summary>
    private static long Estimate(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(f => f.Name.Length + Estimate(f.Value, f.Name)),
        JsonValueKind.Array => value.EnumerateArray().Sum(item => Estimate(item, name)),
        JsonValueKind.String when name is "url" or "data" or "file_data" => 4 * Medium,
        JsonValueKind.String => Encoding.UTF8.GetByteCount(value.GetString()!),
        _ => 4,
    };
}
