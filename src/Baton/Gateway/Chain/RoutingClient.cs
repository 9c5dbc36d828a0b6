using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Routing;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Decides where the call may go, and leaves the trying to the failover.</summary>
internal sealed class RoutingClient(IChatClient next, Admission admission, EstimateDifficulty difficulty)
    : DelegatingChatClient(next)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Decide(messages, options);
        return base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Decide(messages, options);
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false)) yield return update;
    }

    private void Decide(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var call = CallState.Of(options);
        admission.Route(call, Needs(messages, options, call.Streaming), () => difficulty(messages, options));
    }

    private static ModelCapabilities Needs(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming)
    {
        var needs = streaming ? ModelCapabilities.Streaming : ModelCapabilities.None;
        if (options?.Tools is { Count: > 0 }) needs |= ModelCapabilities.Tools;
        if (messages.Any(m => m.Contents.Any(c => c is DataContent or UriContent))) needs |= ModelCapabilities.Images;
        return needs;
    }
}
