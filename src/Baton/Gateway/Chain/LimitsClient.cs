using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Why model calls are stopped: the kill switch as the gateway sees it. Null: they are not.</summary>
public delegate string? ReadKillSwitch();

/// <summary>Refuses what must not leave: everything while the kill switch is on, and requests over a limit.</summary>
internal sealed class LimitsClient(IChatClient next, ReadKillSwitch killSwitch, GatewayOptions options)
    : DelegatingChatClient(next)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Check(messages, chat), cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = base.GetStreamingResponseAsync(messages, Check(messages, chat), cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false)) yield return update;
    }

    private ChatOptions Check(IEnumerable<ChatMessage> messages, ChatOptions? chat)
    {
        if (killSwitch() is { } reason)
            throw new GatewayException(GatewayFailure.Stopped, $"the kill switch is on: {reason}");
        var call = CallState.Of(chat);
        var count = messages.Count();
        if (count == 0 || count > options.MaxMessages)
        {
            throw new GatewayException(GatewayFailure.BadRequest,
                $"a request holds 1 to {options.MaxMessages} messages, this one {count}");
        }
        call.InputEstimate = Tokens.Estimate(messages, chat);
        if (call.InputEstimate > options.MaxInputTokens)
        {
            throw new GatewayException(GatewayFailure.BadRequest,
                $"about {call.InputEstimate} input tokens; the limit is {options.MaxInputTokens}. Shorten it.");
        }
        var asked = chat?.MaxOutputTokens ?? call.Stage.MaxTokens;
        // A request that goes on as it is may make what it asks for, so that is what is reserved.
        call.MaxOutput = RawRequest.Of(chat) is null ? Math.Min(asked, call.Stage.MaxTokens) : asked;
        var limited = chat!.Clone();
        limited.MaxOutputTokens = call.MaxOutput;
        return limited;
    }
}
