using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway;

/// <summary>
/// The only way to a model. Say who asks with <see cref="CallContext.On(ChatOptions?)"/>; everything else is the links'
/// business.
/// </summary>
public sealed class ModelGateway : IChatClient
{
    private readonly GatewayParts _parts;
    private readonly IChatClient _chain;
    private ProviderCatalog? _catalog;

    internal ModelGateway(GatewayParts parts)
    {
        _parts = parts;
        _chain = ChatChain.Build(parts);
        Embeddings = new GatewayEmbeddings(this, parts);
    }

    /// <summary>Vectors, with the same budgets, breakers and receipts.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; }

    /// <summary>The providers and models in force.</summary>
    public ModelsPolicy Policy => _parts.Policy();

    /// <summary>Whether any model is configured; without one the local tier does everything.</summary>
    public bool HasModels => Policy.Models.Count > 0;

    internal GatewayParts Parts => _parts;

    /// <summary>Waits until every receipt so far is on the disk.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        _parts.Receipts.FlushAsync(cancellationToken);

    /// <summary>
    /// Whether the model could be asked as this process was started: its key is there, or it needs none.
    /// </summary>
    internal bool CanReach(ModelPolicy model, ProviderPolicy provider) => provider switch
    {
        { Kind: ProviderKind.Local } => _parts.Access.LocalChat(model.Id) is not null,
        { Auth: ProviderAuth.Key, KeyVariable: { } variable } => !string.IsNullOrEmpty(_parts.Access.Secret(variable)),
        _ => true,
    };

    /// <exception cref="GatewayException">No answer; its receipts are named.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Begin(options, streaming: false);
        try
        {
            var list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            var response = await _chain.GetResponseAsync(list, call.On(options), cancellationToken)
                .ConfigureAwait(false);
            CallReceipts.Set(response, call);
            return response;
        }
        catch (GatewayException error)
        {
            error.Receipts = CallReceipts.Of(call);
            throw;
        }
    }

    /// <exception cref="GatewayException">No answer, or none to the end; its receipts are named.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = Begin(options, streaming: true);
        var list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        await using var updates = _chain.GetStreamingResponseAsync(list, call.On(options), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await Next(updates, call).ConfigureAwait(false)) yield return updates.Current;
        // An update of its own at the end, because the cost is not known before.
        yield return CallReceipts.Last(call);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => _chain.Dispose();

    internal CallState Begin(ChatOptions? options, bool streaming)
    {
        var context = Carried.Of(options).Context ?? throw new InvalidOperationException(
            "a call to the gateway needs a CallContext: pass context.On(options)");
        return Begin(context, options?.ModelId, streaming);
    }

    internal CallState Begin(CallContext context, string? alias, bool streaming)
    {
        var catalog = Catalog();
        var policy = catalog.Policy;
        if (policy.Tiers.Count == 0 && policy.Models.Count == 0)
            throw new GatewayException(GatewayFailure.NoModel, "models.yaml declares no model");
        var stage = policy.Stage(context.Stage)
            ?? new StagePolicy { Name = context.Stage, Tier = policy.Tiers is [var first, ..] ? first.Name
                : policy.Models[0].Name };
        return new CallState
        {
            Id = ReceiptIds.NewCall(_parts.Clock),
            Context = context,
            Stage = stage,
            Catalog = catalog,
            Deadline = _parts.Clock.GetUtcNow() + stage.Timeout,
            Alias = string.IsNullOrEmpty(alias) ? null : alias,
            Streaming = streaming,
        };
    }

    /// <summary>Clients belong to the policy they were made from; a new policy gets new ones.</summary>
    private ProviderCatalog Catalog()
    {
        var policy = _parts.Policy();
        var catalog = Volatile.Read(ref _catalog);
        if (catalog is not null && ReferenceEquals(catalog.Policy, policy)) return catalog;
        catalog = new ProviderCatalog(policy, _parts.Access);
        Volatile.Write(ref _catalog, catalog);
        return catalog;
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<ChatResponseUpdate> updates, CallState call)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            error.Receipts = CallReceipts.Of(call);
            throw;
        }
    }
}
