using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

public sealed class ChunkerTests
{
    private static readonly KnowledgeOptions Options = new();

    [Fact]
    public void Cuts_at_headings_and_carries_their_path()
    {
        var article = Articles.New("a", "Tents", """
            Intro.

            # Tents

            ## Poles

            Poles are aluminium.

            ### Length

            320 cm.

            ## Pegs

            Pegs are steel.
            """);

        var chunks = Chunker.Split(article, Options);

        Assert.Equal(["", "Poles", "Poles › Length", "Pegs"], chunks.Select(c => c.Heading));
        Assert.Equal("320 cm.", article.Body[chunks[2].Start..chunks[2].End]);
    }

    [Fact]
    public void Understands_underlined_headings()
    {
        var chunks = Chunker.Split(Articles.New("a", "T", "Poles\n=====\n\nText.\n\nPegs\n---\nMore."), Options);

        Assert.Equal(["Poles", "Poles › Pegs"], chunks.Select(c => c.Heading));
    }

    [Fact]
    public void Keeps_tables_lists_and_code_whole()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"| row {i} | {i} kg |"));
        var steps = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"{i}. Do step number {i}"));
        var code = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"# not a heading {i}"));
        var article = Articles.New("a", "T", $"Weights:\n\n{rows}\n\nSteps.\n\n{steps}\n\n```\n{code}\n```\n\nEnd.");

        var texts = Chunker.Split(article, Options).Select(c => article.Body[c.Start..c.End]).ToList();

        Assert.Contains(texts, t => t.StartsWith("Weights:") && t.Contains("row 1 |") && t.Contains("row 60"));
        Assert.Contains(texts, t => t.Contains("1. Do") && t.Contains("60. Do"));
        Assert.Contains(texts, t => t.Contains("```\n# not a heading 1") && t.Contains("heading 60\n```"));
    }

    [Fact]
    public void Cuts_a_block_without_spaces_at_the_limit()
    {
        var article = Articles.New("a", "T", new string('x', 50_000));

        var chunks = Chunker.Split(article, Options);

        Assert.All(chunks, c => Assert.InRange(c.End - c.Start, 1, Options.LongestBlock));
        Assert.Equal(50_000, chunks.Sum(c => c.End - c.Start));
    }

    [Fact]
    public void Never_cuts_an_emoji_in_two()
    {
        var article = Articles.New("a", "T", "x" + string.Concat(Enumerable.Repeat("🙂", 10_000)));

        Assert.All(Chunker.Split(article, Options), c => Assert.False(char.IsLowSurrogate(article.Body[c.Start])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("#")]
    [InlineData("## Only a heading")]
    [InlineData("```\nnever closed")]
    [InlineData("| a")]
    [InlineData("---")]
    public void Makes_at_least_one_passage_of_anything(string body) =>
        Assert.NotEmpty(Chunker.Split(Articles.New("a", "T", body), Options));
}
