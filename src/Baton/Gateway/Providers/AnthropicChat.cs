using System.Runtime.CompilerServices;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>
/// The official SDK's chat client with its usage and refusals in Baton's terms: Anthropic's input count leaves cached
/// tokens out, and a stop reason says that the model refused.
/// </summary>
internal sealed class AnthropicChat(IChatClient sdk) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await sdk.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            if (!Refused(response.FinishReason)) return response;
            response.FinishReason = Refusals.Reason;
            foreach (var message in response.Messages) message.Contents = AsRefusal(message.Contents);
            return response;
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var finished = false;
        var source = sdk.GetStreamingResponseAsync(messages, options, cancellationToken);
        await using var updates = source.GetAsyncEnumerator(cancellationToken);
        while (await Next(updates).ConfigureAwait(false))
        {
            var update = updates.Current;
            finished |= update.FinishReason is not null;
            if (Refused(update.FinishReason)) update.FinishReason = Refusals.Reason;
            yield return update;
        }
        if (!finished) throw ProviderStream.Cut();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => sdk.GetService(serviceType, serviceKey);

    public void Dispose() => sdk.Dispose();

    private static async ValueTask<bool> Next(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    /// <summary>The SDK reports a refusal as the finish reason for filtered content.</summary>
    private static bool Refused(ChatFinishReason? reason) =>
        reason == ChatFinishReason.ContentFilter || reason == Refusals.Reason;

    private static List<AIContent> AsRefusal(IList<AIContent> contents) =>
        [.. contents.Select(c => c is TextContent text ? Refusals.Content(text.Text) : c)];

    private static bool IsBroken(Exception error) =>
        error is AnthropicException or IOException or HttpRequestException or System.Text.Json.JsonException;

    private static GatewayException Broken(Exception error) =>
        error.InnerException as GatewayException
        ?? new GatewayException(GatewayFailure.ProviderFailed, $"the answer broke off: {error.Message}", error)
            {
                MayBeBilled = true,
            };
}
