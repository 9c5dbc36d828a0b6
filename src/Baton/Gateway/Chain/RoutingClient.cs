using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Routing;
using Baton.Playbooks;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Decides where the call may go, and leaves the trying to the failover.</summary>
internal sealed class RoutingClient(IChatClient next, Router router, EstimateDifficulty difficulty)
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
        var query = new RouteQuery
        {
            Stage = call.Stage,
            Alias = call.Alias,
            Needs = Needs(messages, options, call.Streaming),
            InputEstimate = call.InputEstimate,
            MaxOutput = call.MaxOutput,
            Batch = call.Context.Batch,
            Passthrough = call.Context.Passthrough,
            Allowed = call.Context.AllowedModels,
            Difficulty = () => difficulty(messages, options),
        };
        call.Route = router.Choose(call.Policy, query);
        call.Downgraded = () => router.Choose(call.Policy, query with { WeakerTiers = true });
    }

    private static ModelCapabilities Needs(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming)
    {
        var needs = streaming ? ModelCapabilities.Streaming : ModelCapabilities.None;
        if (options?.Tools is { Count: > 0 }) needs |= ModelCapabilities.Tools;
        if (messages.Any(m => m.Contents.Any(c => c is DataContent or UriContent))) needs |= ModelCapabilities.Images;
        return needs;
    }
}
