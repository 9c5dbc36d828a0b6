using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Reuse;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Answers the same request from what it was answered before, for stages that allow it, and where the playbook says so
/// also a similar one. Never calls with tools: a tool may have effects, and its result may have changed. It sees
/// placeholders only, never personal data.
/// </summary>
internal sealed class CacheClient(
    IChatClient next, AnswerCache cache, SimilarQuestions questions, Meterer meterer, TimeProvider clock)
    : DelegatingChatClient(next)
{
    /// <summary>Tag of receipts for answers to a similar question, so that they can be told and counted.</summary>
    public const string Tag = "cache";

    public const string Similar = "similar";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = CallState.Of(options);
        if (Key(call, messages, options) is not { } key)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var (hit, similar) = Find(call, key, messages, options);
        if (hit is not null) return hit;
        var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        Keep(call, key, similar, response);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = CallState.Of(options);
        var key = Key(call, messages, options);
        var (hit, similar) = key is null ? (null, null) : Find(call, key, messages, options);
        if (hit is not null)
        {
            foreach (var update in hit.ToChatResponseUpdates()) yield return update;
            yield break;
        }
        List<ChatResponseUpdate> seen = [];
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (key is not null) seen.Add(update.Clone());
            yield return update;
        }
        if (key is not null) Keep(call, key, similar, seen.ToChatResponse());
    }

    private static byte[]? Key(CallState call, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var possible = call.Stage.Cache != CacheMode.Off
            && call.Policy.Cache is { TimeToLive.Ticks: > 0, MaxEntries: > 0 }
            && !call.Context.Passthrough && !Carried.Of(options).KeepBody
            && options?.Tools is not { Count: > 0 };
        return possible ? CacheKey.Of(call, messages, options) : null;
    }

    private (ChatResponse? Hit, SimilarRequest? Similar) Find(
        CallState call, byte[] key, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (cache.Find(key) is { } exact) return (Hit(call, exact, call.Context.Tags), null);
        if (SimilarRequest.Of(call, [.. messages], options) is not { } similar) return (null, null);
        var threshold = call.Policy.Cache.SemanticThreshold;
        return questions.Find(similar.Group, similar.Question, threshold) is { } other
            && cache.Find(other) is { } answer
            ? (Hit(call, answer, new Dictionary<string, string>(call.Context.Tags) { [Tag] = Similar }), similar)
            : (null, similar);
    }

    private void Keep(CallState call, byte[] key, SimilarRequest? similar, ChatResponse response)
    {
        if (response.FinishReason != ChatFinishReason.Stop) return;
        if (response.Messages.Any(m => m.Contents.Any(c => c is not TextContent and not UsageContent))) return;
        Receipt? paid;
        lock (call.Receipts) paid = call.Receipts.LastOrDefault();
        if (paid is null) return;
        var answer = new CachedAnswer(response.Text, paid.Model, paid.ServedModel, paid.Cost);
        if (cache.Keep(key, answer, call.Policy.Cache, similar) && similar is not null)
            questions.Add(similar.Group, key, similar.Question);
    }

    private ChatResponse Hit(CallState call, CachedAnswer hit, IReadOnlyDictionary<string, string> tags)
    {
        var model = call.Policy.Model(hit.Model);
        meterer.Book(call, new Receipt
        {
            Id = ReceiptIds.New(clock),
            CallId = call.Id,
            Attempt = call.NextAttempt(),
            At = clock.GetUtcNow(),
            Stage = call.Stage.Name,
            Alias = call.Alias,
            Model = hit.Model,
            Provider = model?.Provider ?? "",
            ServedModel = hit.ServedModel,
            Status = ReceiptStatus.Cached,
            Saved = hit.Cost,
            PricesDated = model?.Prices.Dated ?? default,
            Strategy = RoutingStrategy.Ordered,
            Ticket = call.Context.Ticket,
            Customer = call.Context.Customer,
            Key = call.Context.Key,
            Tags = tags,
        });
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, hit.Text))
        {
            ModelId = hit.ServedModel, FinishReason = ChatFinishReason.Stop, Usage = new UsageDetails(),
        };
    }
}
