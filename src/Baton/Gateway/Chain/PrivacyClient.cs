using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Personal data out, placeholders in; real values back in the answer. Messages that are redacted already keep their
/// conversation's placeholders, also in the answer.
/// </summary>
internal sealed class PrivacyClient(IChatClient next, Redactor redactor) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var context = CallState.Of(options).Context;
        if (context.Passthrough)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var placeholders = context.Placeholders ?? new Placeholders();
        var redaction = new MessageRedaction(redactor, placeholders, keepKnown: context.Placeholders is not null);
        var response = await base.GetResponseAsync(
            redaction.Apply(messages), Redacted(options, redaction), cancellationToken).ConfigureAwait(false);
        if (context.Placeholders is not null) return response;
        var restore = new Restorer(placeholders, InJson(options));
        foreach (var message in response.Messages) message.Contents = [.. message.Contents.Select(restore.Content)];
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var context = CallState.Of(options).Context;
        var placeholders = context.Placeholders ?? new Placeholders();
        var redaction = new MessageRedaction(redactor, placeholders, keepKnown: context.Placeholders is not null);
        var updates = context.Passthrough
            ? base.GetStreamingResponseAsync(messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(redaction.Apply(messages), Redacted(options, redaction), cancellationToken);
        var restores = !context.Passthrough && context.Placeholders is null;
        var restore = new StreamRestorer(new Restorer(placeholders, InJson(options)));
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (restores) restore.Apply(update);
            yield return update;
        }
        if (restore.Rest() is { } rest) yield return rest;
    }

    private static bool InJson(ChatOptions? options) => options?.ResponseFormat is ChatResponseFormatJson;

    private static ChatOptions? Redacted(ChatOptions? options, MessageRedaction redaction)
    {
        if (string.IsNullOrEmpty(options?.Instructions)) return options;
        var copy = options.Clone();
        copy.Instructions = redaction.Text(options.Instructions);
        return copy;
    }
}
