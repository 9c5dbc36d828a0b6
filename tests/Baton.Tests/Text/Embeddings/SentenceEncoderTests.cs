using System.Numerics.Tensors;
using System.Text.Json;
using Baton.Tests.Style;
using Baton.Text.Embeddings;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Text.Embeddings;

/// <summary>The encoder that the build made. Reference numbers are those of the float model it was made from.</summary>
public sealed class SentenceEncoderTests : IDisposable
{
    private readonly SentenceEncoder? _encoder =
        SentenceEncoder.Find(Path.Combine(AppContext.BaseDirectory, "encoder"));

    public void Dispose() => _encoder?.Dispose();

    [Fact]
    public void Points_where_the_float_model_points()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");
        var references = References();
        var near = references.Select(r => TensorPrimitives.CosineSimilarity<float>(_encoder.Vector(r.Text), r.Numbers))
            .ToList();

        Assert.All(near, cosine => Assert.InRange(cosine, 0.98, 1.001));
        Assert.InRange(near.Average(), 0.99, 1.001);
    }

    [Fact]
    public void Says_how_near_two_texts_are_as_the_float_model_does()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");
        var references = References();

        foreach (var one in references)
            foreach (var other in references)
                Assert.Equal(
                    TensorPrimitives.CosineSimilarity<float>(one.Numbers, other.Numbers),
                    TensorPrimitives.Dot<float>(_encoder.Vector(one.Text), _encoder.Vector(other.Text)), 0.05);
    }

    [Fact]
    public async Task Gives_a_text_the_same_vector_whatever_stands_beside_it()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");
        var alone = _encoder.Vector("Where is my parcel?");

        var together = await _encoder.GenerateAsync(
            ["Where is my parcel?", new string('x', 5_000)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(alone, together[0].Vector.ToArray());
    }

    [Fact]
    public async Task Serves_many_threads_with_one_session()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");
        string[] texts = ["Where is my parcel?", "I want a refund", "Do you repair tents?"];
        var alone = texts.Select(_encoder.Vector).ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(alone[i % 3], _encoder.Vector(texts[i % 3]));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Freed under a text, it would take the whole process along.</summary>
    [Fact]
    public async Task Ends_after_the_texts_that_are_on_their_way()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");
        using var begun = new CountdownEvent(4);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            _encoder.Vector("Where is my parcel?");
            begun.Signal();
            while (true) _encoder.Vector("Where is my parcel?");
        }, TestContext.Current.CancellationToken)).ToList();
        begun.Wait(TestContext.Current.CancellationToken);

        _encoder.Dispose();

        foreach (var reader in readers) await Assert.ThrowsAsync<ObjectDisposedException>(() => reader);
    }

    [Fact]
    public void Takes_any_text()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");

        foreach (var text in (string[])["", " ", "\0", "😀", "\ud800", new string('a', 100_000)])
            Assert.Equal(1, TensorPrimitives.Norm<float>(_encoder.Vector(text)), 0.0001);
    }

    [Fact]
    public void Names_its_weights_and_its_tokenizer()
    {
        Assert.SkipWhen(_encoder is null, "this build has no encoder");

        Assert.Matches("^minilm-int8-[0-9a-f]{12}/wordpiece-uncased-1$", _encoder.Name);
        Assert.Equal(_encoder.Name, _encoder.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId);
    }

    [Fact]
    public void Is_nothing_where_there_are_no_files() =>
        Assert.Null(SentenceEncoder.Find(Path.GetTempPath() + "no-encoder-here"));

    private static List<Reference> References() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Baton.Tests/Text/Embeddings/vectors.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Reference>(line, JsonSerializerOptions.Web)!),
    ];

    /// <param name="Vector">The float model's numbers, rounded to 8 bits each (their common scale does not matter
    /// here).</param>
    private sealed record Reference(string Text, byte[] Vector)
    {
        public float[] Numbers => Array.ConvertAll(Vector, b => (float)(sbyte)b);
    }
}
