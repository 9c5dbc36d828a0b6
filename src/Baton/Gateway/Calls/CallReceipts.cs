using Baton.Gateway.Money;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Calls;

/// <summary>The receipts of a call, on its answer.</summary>
public static class CallReceipts
{
    private const string Name = "baton.receipts";

    /// <summary>
    /// The receipts of the answer, in the order of the attempts; the last one is for the answer itself.
    /// </summary>
    public static IReadOnlyList<Receipt> Receipts(this ChatResponse response) => Of(response.AdditionalProperties);

    /// <summary>The receipts that the last update of a stream carries; empty on all others.</summary>
    public static IReadOnlyList<Receipt> Receipts(this ChatResponseUpdate update) => Of(update.AdditionalProperties);

    internal static void Set(ChatResponse response, CallState call) =>
        (response.AdditionalProperties ??= [])[Name] = Of(call);

    /// <summary>The receipts of embeddings.</summary>
    public static IReadOnlyList<Receipt> Receipts(this GeneratedEmbeddings<Embedding<float>> vectors) =>
        Of(vectors.AdditionalProperties);

    internal static void Set(GeneratedEmbeddings<Embedding<float>> vectors, CallState call) =>
        (vectors.AdditionalProperties ??= [])[Name] = Of(call);

    internal static ChatResponseUpdate Last(CallState call) => new()
    {
        Role = ChatRole.Assistant,
        AdditionalProperties = new AdditionalPropertiesDictionary { [Name] = Of(call) },
    };

    internal static IReadOnlyList<Receipt> Of(CallState call)
    {
        lock (call.Receipts) return [.. call.Receipts];
    }

    private static IReadOnlyList<Receipt> Of(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(Name, out var value) == true ? (IReadOnlyList<Receipt>)value! : [];
}
