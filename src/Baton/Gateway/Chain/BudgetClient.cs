using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Opens the call's purse and closes it at the end, however the call ends. A call on an account that is used up stops
/// here, before anything else is done for it. Each attempt takes its own reservation from the purse.
/// </summary>
internal sealed class BudgetClient(IChatClient next, BudgetBook book, TimeProvider clock) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var purse = Open(CallState.Of(options));
        return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var purse = Open(CallState.Of(options));
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false)) yield return update;
    }

    private Purse Open(CallState call) => call.Purse = new Purse(book, call.Context, call.Policy.Budgets, clock);
}
