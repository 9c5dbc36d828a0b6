using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Refuses what must not leave: everything while the kill switch is on, and requests over a limit.</summary>
internal sealed class LimitsClient(IChatClient next, Admission admission, GatewayOptions options)
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
        var call = CallState.Of(chat);
        admission.Check(call, "messages", messages.Count(), options.MaxMessages, Tokens.Estimate(messages, chat));
        call.Fingerprint = Fingerprint(call, messages);
        var asked = chat?.MaxOutputTokens ?? call.Stage.MaxTokens;
        if (asked < 1)
        {
            throw new GatewayException(GatewayFailure.BadRequest,
                $"{asked} output tokens cannot be asked for; ask for at least 1, or leave the limit out");
        }
        // A request that goes on as it is may make what it asks for, so that is what is reserved.
        call.MaxOutput = call.Context.Passthrough ? asked : Math.Min(asked, call.Stage.MaxTokens);
        var limited = chat!.Clone();
        limited.MaxOutputTokens = call.MaxOutput;
        return limited;
    }

    private static int Fingerprint(CallState call, IEnumerable<ChatMessage> messages)
    {
        var hash = new HashCode();
        hash.Add(call.Context.Key);
        foreach (var message in messages) hash.Add(message.Text);
        return hash.ToHashCode();
    }
}
