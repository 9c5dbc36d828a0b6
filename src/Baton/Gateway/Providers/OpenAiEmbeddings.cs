using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Embeddings over the official SDK's client.</summary>
internal sealed class OpenAiEmbeddings(OpenAI.Embeddings.EmbeddingClient client, string model)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var request = new RequestOptions { CancellationToken = cancellationToken };
        using var content = BinaryContent.Create(new BinaryData(Body(values, options)));
        try
        {
            var result = await client.GenerateEmbeddingsAsync(content, request).ConfigureAwait(false);
            return Read(result.GetRawResponse().Content.ToMemory());
        }
        catch (Exception error) when (error is ClientResultException or IOException or HttpRequestException)
        {
            throw new GatewayException(GatewayFailure.ProviderFailed, $"the answer broke off: {error.Message}", error)
            {
                MayBeBilled = true,
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() { }

    private ReadOnlyMemory<byte> Body(IEnumerable<string> values, EmbeddingGenerationOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("input");
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
        if (options?.Dimensions is { } dimensions) json.WriteNumber("dimensions", dimensions);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static GeneratedEmbeddings<Embedding<float>> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var vectors = root.GetProperty("data").EnumerateArray()
                .OrderBy(item => item.GetProperty("index").GetInt32())
                .Select(item => new Embedding<float>(
                    item.GetProperty("embedding").EnumerateArray().Select(v => v.GetSingle()).ToArray()));
            var result = new GeneratedEmbeddings<Embedding<float>>(vectors);
            if (root.TryGetProperty("usage", out var usage))
                result.Usage = new UsageDetails { InputTokenCount = OpenAiResponseJson.Number(usage, "prompt_tokens") };
            return result;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GatewayException(
                GatewayFailure.ProviderFailed, $"the provider's answer holds no embeddings: {error.Message}", error);
        }
    }
}
