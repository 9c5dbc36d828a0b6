using System.Runtime.CompilerServices;
using System.Text.Json;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>The end of the chain: hands the call to the provider, without anything of the gateway's own.</summary>
internal sealed class ProviderClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Client(options).GetResponseAsync(messages, Options(options), cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = Client(options).GetStreamingResponseAsync(messages, Options(options), cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false)) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    private static IChatClient Client(ChatOptions? options)
    {
        var attempt = Attempt.Of(options);
        return attempt.Call.Catalog.Chat(attempt.Candidate.Model);
    }

    private static ChatOptions Options(ChatOptions? options)
    {
        var attempt = Attempt.Of(options);
        var clean = Carried.ForProvider(options);
        if (attempt is not { Batch: true, Candidate.Provider.BatchServiceTier: { } lane }) return clean;
        var carried = Carried.Of(clean);
        KeyValuePair<string, JsonElement> field = new("service_tier", JsonSerializer.SerializeToElement(lane));
        return (carried with { Extra = [.. carried.Extra.Where(f => f.Key != field.Key), field] }).On(clean);
    }
}
