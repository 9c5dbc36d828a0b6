using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Opens the call's purse and closes it at the end, however the call ends. A call on an account that is used up stops
/// here, before anything else is done for it. Each attempt takes its own reservation from the purse.
/// </summary>
internal sealed class BudgetClient(IChatClient next, Admission admission) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var purse = admission.OpenPurse(CallState.Of(options));
        return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var purse = admission.OpenPurse(CallState.Of(options));
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false)) yield return update;
    }
}
