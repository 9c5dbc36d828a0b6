using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Baton.Gateway.Providers;

/// <summary>How one model of an OpenAI-compatible server wants to be asked.</summary>
/// <param name="Id">The model's name there.</param>
/// <param name="LegacyMaxTokens">Whether the output limit goes into <c>max_tokens</c>.</param>
internal sealed record OpenAiModel(string Id, bool LegacyMaxTokens);

/// <summary>
/// Chat over the official SDK's client. Its protocol methods carry our own JSON, because compatible servers return
/// fields that the SDK's types would drop and callers send fields that they do not know.
/// </summary>
internal sealed class OpenAiChat(OpenAI.Chat.ChatClient client, OpenAiModel model) : IChatClient
{
    private static readonly byte[] Done = "[DONE]"u8.ToArray();

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var raw = Carried.Of(options).Raw;
        var result = await Send(Body(raw, messages, options, stream: false), buffered: true, cancellationToken)
            .ConfigureAwait(false);
        var answer = result.GetRawResponse().Content.ToMemory();
        var response = OpenAiResponseJson.Read(answer);
        if (raw is not null || Carried.Of(options).KeepBody) response.RawRepresentation = answer;
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var raw = Carried.Of(options).Raw;
        var result = await Send(Body(raw, messages, options, stream: true), buffered: false, cancellationToken)
            .ConfigureAwait(false);
        using var response = result.GetRawResponse();
        var fragments = new ToolCallFragments();
        var finished = false;
        var events = SseParser.Create(response.ContentStream!, static (_, data) => data.ToArray());
        await foreach (var item in ProviderStream.Explain(events.EnumerateAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false))
        {
            if (item.Data.AsSpan().SequenceEqual(Done)) break;
            var update = OpenAiResponseJson.ReadChunk(item.Data, fragments);
            finished |= update.FinishReason is not null;
            if (raw is not null) update.RawRepresentation = item.Data;
            yield return update;
        }
        if (!finished) throw ProviderStream.Cut();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() { }

    private ReadOnlyMemory<byte> Body(
        System.Text.Json.JsonElement? raw, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream) =>
        raw is { } body
            ? RawRequest.Write(body, model.Id, options?.MaxOutputTokens, model.LegacyMaxTokens, stream)
             : OpenAiRequestJson.Write(model, messages, options, stream);

    private async Task<ClientResult> Send(
        ReadOnlyMemory<byte> body, bool buffered, CancellationToken cancellationToken)
    {
        var request = new RequestOptions { CancellationToken = cancellationToken, BufferResponse = buffered };
        using var content = BinaryContent.Create(new BinaryData(body));
        try
        {
            return await client.CompleteChatAsync(content, request).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ClientResultException or IOException or HttpRequestException)
        {
            throw new GatewayException(GatewayFailure.ProviderFailed, $"the answer broke off: {error.Message}", error)
            {
                MayBeBilled = true,
            };
        }
    }
}
