using Baton.Decisions.Local;
using Baton.Knowledge.Vectors;
using Baton.Storage;
using Baton.Testing;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Knowledge.Vectors;

public sealed class TextVectorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vectors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Makes_the_vector_of_a_customers_text_once_until_it_is_forgotten()
    {
        using var model = new FixedVectors();
        var vectors = new TextVectors(model);
        var token = TestContext.Current.CancellationToken;

        var first = await vectors.OfAsync("C-1", "abc", token);
        Assert.Equal([0.6f, 0.8f], first);
        await vectors.OfAsync("C-1", "abc", token);
        await vectors.OfAsync("C-2", "abc", token);
        Assert.Equal(2, model.Asked.Count);

        await vectors.ForgetAsync("C-1", token);
        await vectors.OfAsync("C-2", "abc", token);
        Assert.Equal(2, model.Asked.Count);
        await vectors.OfAsync("C-1", "abc", token);
        Assert.Equal(3, model.Asked.Count);
    }

    [Fact]
    public async Task Has_at_hand_only_what_a_service_was_asked_for()
    {
        using var model = new FixedVectors();
        var vectors = new TextVectors(model);

        Assert.Null(vectors.AtHand("C-1", "abc"));
        await vectors.OfAsync("C-1", "abc", TestContext.Current.CancellationToken);
        Assert.Equal<float>([0.6f, 0.8f], vectors.AtHand("C-1", "abc")!);
        Assert.Null(vectors.AtHand("C-2", "abc"));
    }

    [Fact]
    public async Task Finds_what_a_service_made_after_a_restart_until_the_customer_is_forgotten()
    {
        await using var file = new TemporaryDatabase();
        await FindsAgainAsync(file.Database);
    }

    [Fact]
    public async Task Finds_it_on_PostgreSQL_too()
    {
        await using var database = PostgresCluster.Open(PostgresCluster.NewDatabase(), new ManualClock());
        await FindsAgainAsync(database);
    }

    private static async Task FindsAgainAsync(Database database)
    {
        using var model = new FixedVectors();
        var (token, secret) = (TestContext.Current.CancellationToken, new byte[32]);
        TextVectors Started(byte[] key) => new(model, new StoredVectors(database, key));

        await Started(secret).MakeAsync("C-1", ["abc", "de", "abc"], token);
        Assert.Equal(["abc", "de"], model.Asked);
        var again = await Started(secret).OfAsync("C-1", "abc", token);
        Assert.Equal<float>([0.6f, 0.8f], again);
        Assert.Equal(2, model.Asked.Count);

        // Another customer, another model or another key finds nothing.
        await Started(secret).OfAsync("C-2", "abc", token);
        using var other = new FixedVectors("other");
        await new TextVectors(other, new StoredVectors(database, secret)).OfAsync("C-1", "abc", token);
        await Started([1, .. secret]).OfAsync("C-1", "de", token);
        Assert.Equal((4, 1), (model.Asked.Count, other.Asked.Count));

        await Started(secret).ForgetAsync("C-1", token);
        await Started(secret).OfAsync("C-2", "abc", token);
        Assert.Equal(4, model.Asked.Count);
        await Started(secret).OfAsync("C-1", "abc", token);
        Assert.Equal(5, model.Asked.Count);
    }

    [Fact]
    public async Task Keeps_it_for_thirty_days()
    {
        await using var file = new TemporaryDatabase();
        var (token, vectors) = (TestContext.Current.CancellationToken, new StoredVectors(file.Database, new byte[32]));
        var (old, young) = (vectors.Key("m", "c", "old"), vectors.Key("m", "c", "young"));
        await vectors.KeepAsync("c", [(old, [1])], token);

        file.Clock.Advance(TimeSpan.FromDays(31));
        await vectors.KeepAsync("c", [(young, [1])], token);

        Assert.Null(vectors.Find(old));
        Assert.NotNull(vectors.Find(young));
    }

    [Fact]
    public void Makes_the_key_of_a_machine_once()
    {
        var secret = StoredVectors.Secret(_folder);

        Assert.Equal(32, secret.Length);
        Assert.Equal(secret, StoredVectors.Secret(_folder));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Keeps_the_texts_of_others_in_the_same_folder()
    {
        using var model = new FixedVectors();
        new TextVectors(model).OfPlaybook(["an intent's example"], _folder);
        new TextVectors(model).OfPlaybook(["a section's question"], _folder);
        new TextVectors(model).OfPlaybook(["an intent's example"], _folder);

        Assert.Equal(["an intent's example", "a section's question"], model.Asked);
    }

    [Fact]
    public void Makes_only_what_changed_in_a_playbook()
    {
        using var model = new FixedVectors();
        var before = new TextVectors(model).OfPlaybook(["abc", "de", "abc"], _folder);
        var after = new TextVectors(model).OfPlaybook(["de", "new text", "abc"], _folder);

        Assert.Equal(["abc", "de", "new text"], model.Asked);
        Assert.Equal([before[1], before[0]], [after[0], after[2]]);
    }

    [Fact]
    public void Keeps_the_vectors_of_two_models_apart()
    {
        using var one = new FixedVectors("one");
        using var two = new FixedVectors("two");
        new TextVectors(one).OfPlaybook(["abc"], _folder);
        new TextVectors(two).OfPlaybook(["abc"], _folder);

        Assert.Equal(["abc"], two.Asked);
        Assert.Equal(2, Directory.GetFiles(_folder, "*.vectors").Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    public void Makes_a_damaged_file_again(int bytes)
    {
        using var model = new FixedVectors();
        new TextVectors(model).OfPlaybook(["abc", "de"], _folder);
        var file = Directory.GetFiles(_folder, "*.vectors").Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..bytes]);

        Assert.Equal([0.6f, 0.8f], new TextVectors(model).OfPlaybook(["abc"], _folder)[0]);
        Assert.Equal(["abc", "de", "abc"], model.Asked);
    }

    [Fact]
    public void Leaves_the_encoder_out_when_told_so_and_says_it()
    {
        using var off = new LocalEncoder(new LocalOptions { Encoder = EncoderChoice.None });

        Assert.Null(off.Vectors);
        Assert.Contains("BATON__Local__Encoder=none", off.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_generator_of_the_hosts_own()
    {
        using var model = new FixedVectors("own-model");
        using var encoder = new LocalEncoder(new LocalOptions(), model);

        Assert.Equal("own-model", encoder.Vectors?.Name);
        Assert.Null(encoder.Notice);
    }

    /// <summary>
    /// A model whose vector is 3 and 4 for every text, so 0.6 and 0.8; it notes what it was asked for.
    /// </summary>
    private sealed class FixedVectors(string name = "model") : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Asked { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            Asked.AddRange(texts);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                texts.Select(_ => new Embedding<float>(new float[] { 3, 4 }))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: name)
            : null;

        public void Dispose() { }
    }
}
