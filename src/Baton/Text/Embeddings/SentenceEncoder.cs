using System.Numerics.Tensors;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace Baton.Text.Embeddings;

/// <summary>
/// all-MiniLM-L6-v2 with 8-bit weights: 384 numbers of length 1 for a text, near each other when texts mean the same.
/// English only. Safe for use by many threads. Texts are never run together: the scale of the 8-bit activations would
/// be shared, and a vector would depend on its neighbours.
/// </summary>
public sealed class SentenceEncoder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Numbers of a vector.</summary>
    public const int Dimensions = 384;

    private const int MostPieces = 256;

    private static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] Outputs = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly WordPieces _pieces;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Readers are texts on their way through the session, which must not be freed under them.</summary>
    private readonly ReaderWriterLockSlim _life = new();
    private bool _isOver;

    private SentenceEncoder(InferenceSession session, WordPieces pieces, string name) =>
        (_session, _pieces, Name, _metadata) =
            (session, pieces, name,
                new EmbeddingGeneratorMetadata("local", defaultModelId: name, defaultModelDimensions: Dimensions));

    /// <summary>
    /// Model, hash of its weights and version of its tokenizer: vectors of different names are not comparable.
    /// </summary>
    public string Name { get; }

    /// <summary>
    /// The encoder in a folder with <c>minilm-int8.onnx</c> and <c>vocab.txt</c>; null when they are not there.
    /// </summary>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    public static SentenceEncoder? Find(string folder)
    {
        var (weights, vocabulary) = (Path.Combine(folder, "minilm-int8.onnx"), Path.Combine(folder, "vocab.txt"));
        if (!File.Exists(weights) || !File.Exists(vocabulary)) return null;
        using var reader = new StreamReader(vocabulary);
        var pieces = new WordPieces(reader);
        try
        {
            using var file = File.OpenRead(weights);
            var hash = Convert.ToHexStringLower(SHA256.HashData(file))[..12];
            return new SentenceEncoder(Open(weights), pieces, $"minilm-int8-{hash}/{WordPieces.Version}");
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidDataException(
                $"{weights} cannot be read: {error.Message} Delete it and build again.", error);
        }
    }

    /// <summary>The vector of a text; of its first 256 pieces when it is longer.</summary>
    /// <exception cref="ObjectDisposedException">The encoder has ended.</exception>
    public float[] Vector(string text)
    {
        _life.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            return VectorOf(text);
        }
        finally
        {
            _life.ExitReadLock();
        }
    }

    private float[] VectorOf(string text)
    {
        var pieces = _pieces.Encode(text, MostPieces);
        var ids = Array.ConvertAll(pieces, id => (long)id);
        var ones = new long[ids.Length];
        Array.Fill(ones, 1);
        long[] shape = [1, ids.Length];
        using var input = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(ones, shape);
        using var type = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, Inputs, [input, mask, type], Outputs);
        var states = outputs[0].GetTensorDataAsSpan<float>();
        var vector = new float[Dimensions];
        // The mean; its divisor cancels with the length.
        for (var i = 0; i < ids.Length; i++)
            TensorPrimitives.Add(vector, states.Slice(i * Dimensions, Dimensions), vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var vectors = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors.Add(new Embedding<float>(Vector(value)) { ModelId = Name });
        }
        return Task.FromResult(vectors);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.EnterWriteLock();
        try
        {
            _isOver = true;
            _session.Dispose();
        }
        finally
        {
            _life.ExitWriteLock();
        }
    }

    private static InferenceSession Open(string weights)
    {
        using var options = new SessionOptions
        {
            // Tickets are decided side by side already: threads inside one text would only fight over the processors.
            IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(weights, options);
    }
}
