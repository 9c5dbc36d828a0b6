using Baton.Decisions.Local;
using Baton.Testing;
using Baton.Testing.StandIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tests.Decisions.Local;

/// <summary>A model of the gateway in place of the shipped encoder: named by a setting, checked at the start.</summary>
public sealed class EmbeddingModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-embedding-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Learns_and_reads_with_the_model_that_is_named()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await StandInServer.StartAsync(cancellationToken: token);
        await using var services = Compose(Files(server.Address), "vectors");

        BatonStart.Check(services);
        var vectors = services.GetRequiredService<LocalEncoder>().Vectors!;
        var first = await vectors.OfAsync("c-1", "how long may I wait", token);

        Assert.Equal("main/vec-1", vectors.Name);
        var asked = server.Requests.Count;
        Assert.True(asked > 0);
        // A restart finds the playbook's texts in the file and the customer's in the database.
        await using var again = Compose(new PlaybookFiles(), "vectors", write: false);
        BatonStart.Check(again);
        var kept = await again.GetRequiredService<LocalEncoder>().Vectors!.OfAsync("c-1", "how long may I wait", token);
        Assert.Equal(first, kept);
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("vektors", "", "", "models.yaml has no model 'vektors'; did you mean 'vectors'?")]
    [InlineData("small", "", "", "model 'small' makes no vectors; give it 'capabilities: [embeddings]'")]
    [InlineData("vectors", "auth: none", "key_variable: VECTOR_KEY",
        "needs a key in the environment variable VECTOR_KEY")]
    public async Task Refuses_to_start_with_what_makes_no_vectors(string model, string old, string @new, string problem)
    {
        var files = Files(new Uri("http://127.0.0.1:1"));
        if (old.Length > 0) files.Replace("models.yaml", old, @new);
        await using var services = Compose(files, model);

        var error = Assert.Throws<BatonSettingException>(() => BatonStart.Check(services));

        Assert.StartsWith("setting BATON__Local__EmbeddingModel: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_at_the_start_that_nobody_answers()
    {
        await using var services = Compose(Files(new Uri("http://127.0.0.1:1")), "vectors");

        var error = Assert.Throws<BatonSettingException>(() => BatonStart.Check(services));

        Assert.Contains("BATON__Local__EmbeddingModel: no vectors of the playbook's texts", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_provider_that_may_not_see_what_the_playbook_calls_regulated()
    {
        var files = Files(new Uri("http://127.0.0.1:1"));
        files.Replace("escalation.yaml", "rules:\n",
            "rules:\n  - { name: health, when: '\"diagnosis\" in body', then: { regulated: true } }\n");
        await using var services = Compose(files, "vectors");

        Assert.Contains("has no data agreement, and the playbook flags conversations as regulated",
            Assert.Throws<BatonSettingException>(() => BatonStart.Check(services)).Message, StringComparison.Ordinal);
    }

    private static PlaybookFiles Files(Uri server) => new PlaybookFiles().With("models.yaml", $$"""
        providers:
          main: { kind: openai, endpoint: {{new Uri(server, "v1")}}, auth: none, max_attempts: 1 }
        models:
          small: { provider: main, id: small-1, context_tokens: 8000, prices: { dated: 2026-11-01, input: 0.1, output: 0.2 } }
          vectors:
            provider: main
            id: vec-1
            context_tokens: 8000
            capabilities: [embeddings]
            prices: { dated: 2026-11-01, input: 0.02, output: 0 }
        tiers: { commodity: [small] }
        """);

    private ServiceProvider Compose(PlaybookFiles files, string model, bool write = true)
    {
        if (write) files.WriteTo(Path.Combine(_folder, "playbook"));
        var services = new ServiceCollection().AddLogging().AddSingleton(new Random(1));
        services.AddBaton(new BatonOptions
        {
            Playbook = Path.Combine(_folder, "playbook"),
            Database = Path.Combine(_folder, "baton.db"),
            Cache = Path.Combine(_folder, "models"),
            Local = new LocalOptions { EmbeddingModel = model },
        }, new ConfigurationBuilder().Build(), _ => null);
        return services.BuildServiceProvider();
    }
}
