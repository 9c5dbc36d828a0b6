using Baton.Text.Embeddings;
using Microsoft.Extensions.AI;

namespace Baton.Knowledge.Vectors;

/// <summary>
/// Vectors of texts, each made once: a team's own texts are kept in a file beside the trained models, those of
/// customers (redacted, as everything outside the message table) in memory until they are erased.
/// </summary>
/// <param name="generator">Makes the vectors; one that the host registered, or the product's own.</param>
/// <param name="stored">Where vectors of a service are kept besides; null keeps them in memory only.</param>
internal sealed class TextVectors(IEmbeddingGenerator<string, Embedding<float>> generator, StoredVectors? stored = null)
{
    /// <summary>Texts asked for in one call, where the generator is a service.</summary>
    private const int Batch = 64;

    /// <summary>Vectors of customers' texts in memory: 3 MB.</summary>
    private const int MostRemembered = 2_048;

    /// <summary>Vectors of playbooks' texts that a file keeps beside those in use: 46 MB.</summary>
    private const int MostKept = 30_000;

    private readonly BoundedCache<(string Customer, string Text), float[]> _remembered = new(MostRemembered);

    /// <summary>Model and tokenizer: vectors of different names are not comparable.</summary>
    public string Name { get; } =
        (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)
        ?.DefaultModelId ?? generator.GetType().Name;

    /// <summary>Whether somebody else makes them, so that each call counts.</summary>
    public bool IsOfService => generator is not SentenceEncoder;

    /// <summary>The vector of what a customer wrote.</summary>
    /// <param name="customer">Whose text it is: it is forgotten with them.</param>
    /// <param name="text">Redacted.</param>
    public async ValueTask<float[]> OfAsync(string customer, string text, CancellationToken cancellationToken)
    {
        if (AtHand(customer, text) is { } known) return known;
        return (await MakeAsync(customer, [text], cancellationToken).ConfigureAwait(false))[text];
    }

    /// <summary>Vectors of what a customer wrote; those that a service makes and are not at hand in one call.</summary>
    public async ValueTask<IReadOnlyDictionary<string, float[]>> MakeAsync(
        string customer, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var (all, missing) = (new Dictionary<string, float[]>(), new List<string>());
        foreach (var text in texts.Distinct())
        {
            if (AtHand(customer, text) is { } known) all[text] = known;
            else if (stored?.Find(stored.Key(Name, customer, text)) is { } kept)
                all[text] = Remember(customer, text, kept);
            else missing.Add(text);
        }
        if (missing.Count == 0) return all;
        var made = await generator.GenerateAsync(missing, null, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < missing.Count; i++)
            all[missing[i]] = Remember(customer, missing[i], Unit(made[i].Vector));
        if (stored is not null)
            await stored.KeepAsync(
                customer, [.. missing.Select(text => (stored.Key(Name, customer, text), all[text]))], cancellationToken)
                .ConfigureAwait(false);
        return all;
    }

    /// <summary>
    /// The vector of what a customer wrote, remembered or made in process; null where a service would have to be asked.
    /// </summary>
    public float[]? AtHand(string customer, string text) =>
        _remembered.Find((customer, text)) is { } known ? known
        : generator is SentenceEncoder local ? Remember(customer, text, local.Vector(text)) : null;

    private float[] Remember(string customer, string text, float[] vector)
    {
        _remembered.Set((customer, text), vector);
        return vector;
    }

    /// <summary>Forgets what a customer wrote, here and in the database.</summary>
    public async Task ForgetAsync(string customer, CancellationToken cancellationToken)
    {
        foreach (var key in _remembered.Keys)
            if (key.Customer == customer) _remembered.Forget(key);
        if (stored is not null) await stored.EraseAsync(customer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vectors of a playbook's texts, in their order; those of before come from the file.</summary>
    /// <param name="folder">Folder of trained models.</param>
    public IReadOnlyList<float[]> OfPlaybook(IReadOnlyList<string> texts, string folder)
    {
        var file = new VectorFile(folder, Name);
        var known = file.Read();
        var missing = texts.Where(text => !known.ContainsKey(VectorFile.Key(text))).Distinct().ToArray();
        var made = Make(missing);
        for (var i = 0; i < missing.Length; i++) known[VectorFile.Key(missing[i])] = made[i];
        if (missing.Length > 0)
            file.Write(known.Count <= MostKept ? known.Select(v => (v.Key, v.Value))
                : texts.Select(VectorFile.Key).Distinct().Select(key => (key, known[key])));
        return [.. texts.Select(text => known[VectorFile.Key(text)])];
    }

    private float[][] Make(string[] texts)
    {
        var vectors = new float[texts.Length][];
        if (generator is SentenceEncoder local)
            Parallel.For(0, texts.Length, i => vectors[i] = local.Vector(texts[i]));
        else
            for (var start = 0; start < texts.Length; start += Batch)
            {
                // Before anybody is served, or on a thread of its own for a changed playbook: nothing else could go on.
                var some = generator.GenerateAsync(texts.Skip(start).Take(Batch)).GetAwaiter().GetResult();
                for (var i = 0; i < some.Count; i++) vectors[start + i] = Unit(some[i].Vector);
            }
        return vectors;
    }

    private static float[] Unit(ReadOnlyMemory<float> vector)
    {
        var unit = vector.ToArray();
        var length = System.Numerics.Tensors.TensorPrimitives.Norm<float>(unit);
        if (length > 0) System.Numerics.Tensors.TensorPrimitives.Divide(unit, length, unit);
        return unit;
    }
}
