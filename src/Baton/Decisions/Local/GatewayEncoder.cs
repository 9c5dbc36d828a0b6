using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Decisions.Local;

/// <summary>
/// A model of <c>models.yaml</c> in place of the shipped encoder: with the gateway's redaction, budgets, breakers and
/// receipts (stage <c>encoder</c>). It is the model of the start: another one of the same name would make vectors that
/// cannot be compared.
/// </summary>
internal sealed class GatewayEncoder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Stage of its receipts; <c>models.yaml</c> may give it a timeout.</summary>
    public const string Stage = "encoder";

    private const string Setting = "setting BATON__Local__EmbeddingModel: ";

    private readonly ModelGateway _gateway;
    private readonly Func<Playbook> _playbook;
    private readonly string _model;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <exception cref="BatonSettingException">There is no such model, or it cannot make vectors here.</exception>
    public GatewayEncoder(ModelGateway gateway, Func<Playbook> playbook, string model)
    {
        (_gateway, _playbook, _model) = (gateway, playbook, model);
        if (Fault() is { } fault) throw new BatonSettingException(Setting + fault);
        _metadata = new EmbeddingGeneratorMetadata("gateway", defaultModelId: Identity());
    }

    /// <inheritdoc/>
    /// <exception cref="GatewayException">No vectors: the provider failed, or the model is another one now.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (Identity() is var now && now != _metadata.DefaultModelId)
            throw new GatewayException(GatewayFailure.Misconfigured,
                $"{Setting}'{_model}' was {_metadata.DefaultModelId} at the start and is {now ?? "no model"} now; restart Baton");
        var context = new CallContext { Stage = Stage, Regulated = MayBeRegulated(_playbook()) };
        return _gateway.Embeddings.GenerateAsync(
            values, context.On(new EmbeddingGenerationOptions { ModelId = _model }), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>
    /// A text is encoded before anybody knows whether its conversation is regulated; where one can be, all go to
    /// providers that may see such ones.
    /// </summary>
    private static bool MayBeRegulated(Playbook playbook) =>
        playbook.SkipRules.Concat(playbook.Rules).Any(r => r.Then.Regulated)
        || playbook.Triggers.Any(t => t.Then?.Regulated == true);

    /// <summary>Provider and the provider's own name of the model; null when there is none.</summary>
    private string? Identity() => _gateway.Policy.Model(_model) is { } model ? $"{model.Provider}/{model.Id}" : null;

    private string? Fault()
    {
        var policy = _gateway.Policy;
        if (policy.Model(_model) is not { } model || policy.Provider(model.Provider) is not { } provider)
            return $"models.yaml has no model '{_model}'{Suggestion.Hint(_model, [.. policy.Models.Select(m => m.Name)])}";
        if (!model.Capabilities.HasFlag(ModelCapabilities.Embeddings))
            return $"model '{_model}' makes no vectors; give it 'capabilities: [embeddings]' if it does";
        if (!_gateway.CanReach(model, provider))
            return $"model '{_model}' needs a key in the environment variable {provider.KeyVariable}";
        return MayBeRegulated(_playbook()) && policy.Regulated.Forbids(provider) is { } why
            ? $"{why}, and the playbook flags conversations as regulated; choose a model of a provider that may see them"
            : null;
    }
}
