using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Writes a receipt, a span and figures for every attempt, however it ends.</summary>
internal sealed class MeteringClient(IChatClient next, Meterer meterer) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var metered = meterer.Begin(Attempt.Of(options), messages, options);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            metered.Complete(response);
            return response;
        }
        catch (Exception error)
        {
            metered.Fail(error);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Leaving early disposes it, which is how a caller that goes away in the middle becomes a receipt.
        using var metered = meterer.Begin(Attempt.Of(options), messages, options);
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await Next(updates, metered).ConfigureAwait(false)) yield return updates.Current;
        metered.Complete();
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<ChatResponseUpdate> updates, MeteredAttempt metered)
    {
        try
        {
            if (!await updates.MoveNextAsync().ConfigureAwait(false)) return false;
            metered.Observe(updates.Current);
            return true;
        }
        catch (Exception error)
        {
            metered.Fail(error);
            throw;
        }
    }
}
