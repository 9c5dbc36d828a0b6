using Baton.Gateway.Calls;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway;

/// <summary>Embeddings through the same redaction, limits, budgets, breakers and receipts as chat.</summary>
internal sealed class GatewayEmbeddings(ModelGateway gateway, GatewayParts parts)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var context = Carried.Of(options).Context ?? new CallContext { Stage = "embeddings" };
        var redaction = parts.Admission.Redaction(context);
        List<string> texts = [.. redaction is null ? values : values.Select(redaction.Text)];
        var call = gateway.Begin(context, options?.ModelId, streaming: false);
        var input = texts.Sum(text => Providers.Tokens.Estimate(new TextContent(text)));
        parts.Admission.Check(call, "texts", texts.Count, parts.Options.MaxEmbeddings, input);
        call.Fingerprint = HashCode.Combine(context.Key, string.Join('\n', texts));
        using var purse = parts.Admission.OpenPurse(call);
        parts.Admission.Route(call, ModelCapabilities.Embeddings);
        var clean = new EmbeddingGenerationOptions { Dimensions = options?.Dimensions };
        try
        {
            return await parts.Failover
                .RunAsync(call, attempt => Embed(attempt, texts, clean), _ => ValueTask.CompletedTask,
                    cancellationToken)
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
