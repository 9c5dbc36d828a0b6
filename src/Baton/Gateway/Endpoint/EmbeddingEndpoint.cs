using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary><c>POST /v1/embeddings</c>.</summary>
internal static class EmbeddingEndpoint
{
    private const string DefaultStage = "embeddings";
    private const int MostDimensions = 65_536;

    public static async Task HandleAsync(GatewayRequest request)
    {
        using var body = await request.BodyAsync().ConfigureAwait(false);
        var root = body.RootElement;
        var model = RequestJson.RequiredText(root, "model");
        var packed = RequestJson.Word(root, "encoding_format", "float", "base64") == "base64";
        var options = request.Context(DefaultStage).On(new EmbeddingGenerationOptions
        {
            ModelId = model, Dimensions = RequestJson.Whole(root, "dimensions", 1, MostDimensions),
        });
        var vectors = await request.Parts.Gateway.Embeddings.GenerateAsync(Inputs(root), options, request.Aborted)
            .ConfigureAwait(false);
        request.Describe(vectors.Receipts());
        request.Http.Response.ContentType = "application/json";
        await request.Http.Response.Body.WriteAsync(Write(vectors, model, packed), request.Aborted)
            .ConfigureAwait(false);
    }

    private static List<string> Inputs(JsonElement root) => RequestJson.Given(root, "input") switch
    {
        null => throw EndpointFailure.Bad("'input' is missing; give a text or a list of texts."),
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list
            when list.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(i => i.GetString()!)],
        { } other => throw RequestJson.Wrong("input", other, "a text or a list of texts; token ids are not supported"),
    };

    private static ReadOnlyMemory<byte> Write(GeneratedEmbeddings<Embedding<float>> vectors, string model, bool packed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteString("model", model);
        json.WriteStartArray("data");
        for (var i = 0; i < vectors.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            json.WritePropertyName("embedding");
            if (packed) json.WriteBase64StringValue(MemoryMarshal.AsBytes(vectors[i].Vector.Span));
            else JsonSerializer.Serialize(json, vectors[i].Vector);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        var tokens = vectors.Usage?.InputTokenCount ?? 0;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
