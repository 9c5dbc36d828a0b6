using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Routing;
using Baton.Playbooks;
using Microsoft.Extensions.AI;

namespace Baton.Gateway;

/// <summary>Embeddings through the same redaction, limits, budgets, breakers and receipts as chat.</summary>
internal sealed class GatewayEmbeddings(ModelGateway gateway, GatewayParts parts)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ContextName = "baton.call";

    /// <summary>Options that say who asks.</summary>
    public static EmbeddingGenerationOptions On(CallContext context, EmbeddingGenerationOptions? options = null)
    {
        var copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        (copy.AdditionalProperties ??= [])[ContextName] = context;
        return copy;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var context = options?.AdditionalProperties?.GetValueOrDefault(ContextName) as CallContext
            ?? new CallContext { Stage = "embeddings" };
        if (parts.KillSwitch() is { } reason)
            throw new GatewayException(GatewayFailure.Stopped, $"the kill switch is on: {reason}");
        // There is nothing to restore in a vector, so its placeholders live as long as this call.
        var redaction = new Chain.MessageRedaction(
            parts.Redactor, context.Placeholders ?? new(), context.Placeholders is not null);
        List<string> texts = [.. context.Passthrough ? values : values.Select(redaction.Text)];
        var call = Prepare(context, options, texts);
        using var purse = call.Purse;
        var clean = new EmbeddingGenerationOptions { Dimensions = options?.Dimensions };
        try
        {
            return await parts.Failover
                .RunAsync(call, call.Route!.Candidates, attempt => Embed(attempt, texts, clean), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            error.Receipts = CallReceipts.Of(call);
            throw;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() { }

    private CallState Prepare(CallContext context, EmbeddingGenerationOptions? options, List<string> texts)
    {
        var call = gateway.Begin(context, options?.ModelId, streaming: false);
        call.InputEstimate = texts.Sum(text => Providers.Tokens.Estimate(new TextContent(text)));
        if (texts.Count == 0 || texts.Count > parts.Options.MaxEmbeddings
            || call.InputEstimate > parts.Options.MaxInputTokens)
        {
            throw new GatewayException(GatewayFailure.BadRequest,
                $"1 to {parts.Options.MaxEmbeddings} texts of {parts.Options.MaxInputTokens} tokens in all; "
                + $"these are {texts.Count} of about {call.InputEstimate}");
        }
        call.Purse = new Purse(parts.Budgets, context, call.Policy.Budgets, parts.Clock);
        call.Route = parts.Router.Choose(call.Policy, new RouteQuery
        {
            Stage = call.Stage,
            Alias = call.Alias,
            Needs = ModelCapabilities.Embeddings,
            InputEstimate = call.InputEstimate,
            Passthrough = context.Passthrough,
            Allowed = context.AllowedModels,
        });
        return call;
    }

    private async ValueTask<GeneratedEmbeddings<Embedding<float>>> Embed(
        Attempt attempt, List<string> texts, EmbeddingGenerationOptions options)
    {
        using var metered = parts.Meterer.BeginEmbeddings(attempt);
        try
        {
            var model = attempt.Call.Catalog.Embeddings(attempt.Candidate.Model);
            var vectors = await model.GenerateAsync(texts, options, attempt.Token).ConfigureAwait(false);
            metered.Complete(vectors.Usage);
            CallReceipts.Set(vectors, attempt.Call);
            attempt.Dispose();
            return vectors;
        }
        catch (Exception error)
        {
            metered.Fail(error);
            throw;
        }
    }
}
