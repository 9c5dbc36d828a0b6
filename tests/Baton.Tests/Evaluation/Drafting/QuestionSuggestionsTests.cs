using Baton.Evaluation.Drafting;
using Baton.Knowledge.Vectors;
using Baton.Testing;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Evaluation.Drafting;

/// <summary>Questions for sections that have few: nearer to one section than to anything else.</summary>
public sealed class QuestionSuggestionsTests : IDisposable
{
    private static readonly string[] Matters = ["return", "days", "wash", "down", "order", "change", "label"];

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-suggest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Proposes_what_tickets_ask_and_sections_are_not_asked_yet()
    {
        var suggested = await SuggestAsync(
            Files(), "Hello,\n\nhow do I wash my down jacket?", "may I wash down at all?");

        var section = Assert.Single(suggested, s => s.ArticleId == "care");
        Assert.Equal(("Washing down", 0), (section.Heading, section.Has));
        Assert.Contains(section.Questions, q => q is { From: "tickets" }
            && q.Text.Contains("wash", StringComparison.Ordinal));
        Assert.All(section.Questions, q => Assert.InRange(q.Similarity, 0.5, 1));
    }

    [Fact]
    public async Task Takes_examples_of_knowledge_intents_too()
    {
        var section = Assert.Single(await SuggestAsync(Files()), s => s.ArticleId == "returns");

        Assert.Equal("intent return_policy", Assert.Single(section.Questions).From);
    }

    [Theory]
    [InlineData("can you change the size of my order?")]
    [InlineData("what is the weather like today?")]
    [InlineData("wash?")]
    public async Task Proposes_nothing_that_another_matter_is_as_near_to(string text) =>
        Assert.DoesNotContain(
            (await SuggestAsync(Files(), text)).SelectMany(s => s.Questions), q => q.From == "tickets");

    [Fact]
    public async Task Says_a_question_once_and_none_that_is_there()
    {
        var files = Files().With("knowledge/questions/care.yaml", "Washing down: [one wash]\n");

        var suggested = await SuggestAsync(
            files, "is one wash enough?", "how do I wash down jackets?", "how may one wash down jackets?");

        Assert.Single(Assert.Single(suggested, s => s.ArticleId == "care").Questions);
    }

    [Fact]
    public async Task Leaves_sections_alone_that_have_enough()
    {
        var files = Files().With(
            "knowledge/questions/care.yaml", "Washing down: [one wash, two wash, three wash, four wash]\n");

        Assert.DoesNotContain(await SuggestAsync(files, "How do I wash down?"), s => s.ArticleId == "care");
    }

    private static PlaybookFiles Files() => new PlaybookFiles().With("knowledge/care.md", """
        ---
        title: Care
        ---
        ## Washing down
        Wash down at 30 degrees.
        """);

    private async Task<IReadOnlyList<SectionSuggestions>> SuggestAsync(PlaybookFiles files, params string[] messages)
    {
        using var model = new WordVectors();
        return await new QuestionSuggestions(new TextVectors(model), _folder).OfAsync(
            files.Playbook(), messages.Select(m => ("", m)), fewerThan: 4, most: 8,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Vectors that say which of a few words a text has.</summary>
    private sealed class WordVectors : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(Of(v)))));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: "words")
            : null;

        public void Dispose() { }

        private static float[] Of(string text) =>
            [.. Matters.Select(m => text.Contains(m, StringComparison.OrdinalIgnoreCase) ? 1f : 0f), 0.2f];
    }
}
