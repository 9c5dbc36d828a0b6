using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Personal data out, placeholders in; real values back in the answer. Messages that are redacted already keep their
/// conversation's placeholders, also in the answer.
/// </summary>
internal sealed class PrivacyClient(IChatClient next, Admission admission) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var context = CallState.Of(options).Context;
        if (admission.Redaction(context) is not { } redaction)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var response = await base.GetResponseAsync(
            redaction.Apply(messages), redaction.Apply(options), cancellationToken).ConfigureAwait(false);
        if (context.Placeholders is not null) return response;
        var restore = new Restorer(redaction.Placeholders, InJson(options));
        foreach (var message in response.Messages) message.Contents = [.. message.Contents.Select(restore.Content)];
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var context = CallState.Of(options).Context;
        var redaction = admission.Redaction(context);
        var updates = redaction is null
            ? base.GetStreamingResponseAsync(messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(redaction.Apply(messages), redaction.Apply(options), cancellationToken);
        var restore = redaction is null || context.Placeholders is not null
            ? null
            : new StreamRestorer(new Restorer(redaction.Placeholders, InJson(options)));
        await foreach (var update in updates.ConfigureAwait(false))
        {
            restore?.Apply(update);
            yield return update;
        }
        if (restore?.Rest() is { } rest) yield return rest;
    }

    private static bool InJson(ChatOptions? options) => options?.ResponseFormat is ChatResponseFormatJson;
}
