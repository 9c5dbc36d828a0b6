using Baton.Knowledge.Vectors;
using Baton.Text.Embeddings;
using Microsoft.Extensions.AI;

namespace Baton.Decisions.Local;

/// <summary>
/// The sentence encoder in force: a generator of the host's own, the one beside the program, or none.
/// </summary>
internal sealed class LocalEncoder : IDisposable
{
    private readonly SentenceEncoder? _own;

    /// <param name="own">
    /// A generator that the host registered, or a model of the gateway; null takes the product's.
    /// </param>
    /// <param name="stored">Where vectors of a service are kept; null: in memory only.</param>
    public LocalEncoder(
        LocalOptions options, IEmbeddingGenerator<string, Embedding<float>>? own = null,
        Func<StoredVectors>? stored = null)
    {
        if (options.Encoder == EncoderChoice.None)
        {
            Notice = "The sentence encoder is off (BATON__Local__Encoder=none): fewer questions are answered.";
            return;
        }
        _own = own is null ? SentenceEncoder.Find(Path.Combine(AppContext.BaseDirectory, "encoder")) : null;
        if ((own ?? _own) is { } generator) Vectors = new TextVectors(generator, own is null ? null : stored?.Invoke());
        else Notice = "This build has no sentence encoder, so fewer questions are answered: build again where NuGet can be reached.";
    }

    /// <summary>Null when Baton decides with its n-gram models alone.</summary>
    public TextVectors? Vectors { get; }

    /// <summary>What whoever starts the program should know; null when all is there.</summary>
    public string? Notice { get; }

    public void Dispose() => _own?.Dispose();
}
