using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

public sealed class HostileArticleTests
{
    [Fact]
    public void Indexes_a_hundred_thousand_different_words()
    {
        var words = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i}ord"));
        using var index = Articles.Index(Articles.New("big", "Big", words));

        Assert.Equal("big", index.Search("w77777ord")[0].ArticleId);
        Assert.Equal("account", index.Search("forgot password")[0].ArticleId);
    }

    [Fact]
    public void Accepts_megabytes_of_one_token()
    {
        using var index = Articles.Index(Articles.New("big", "Big", new string('a', 4_000_000)));

        Assert.Empty(index.Search(new string('a', 4_000_000)));
    }

    [Fact]
    public void Answers_a_question_of_megabytes()
    {
        using var index = Articles.Index();

        Assert.NotEmpty(index.Search(string.Concat(Enumerable.Repeat("refund for my tent, please! ", 100_000))));
    }

    [Fact]
    public void Refuses_an_article_over_the_limit_and_says_which()
    {
        using var index = new KnowledgeIndex(new KnowledgeOptions { LongestArticle = 100 });

        var error = Assert.Throws<ArgumentException>(() => index.Add(Articles.New("long", "T", new string('a', 101))));

        Assert.Contains("'long'", error.Message);
        Assert.Contains("101", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("the of and")]
    [InlineData("🙂🙃🫠")]
    [InlineData("\u200b\u200c\u202e")]
    [InlineData("\ud800")]
    [InlineData("***___```|||")]
    public void Finds_nothing_for_nothing(string question)
    {
        using var index = Articles.Index();

        Assert.Empty(index.Search(question));
    }

    [Fact]
    public void Finds_nothing_in_an_empty_index()
    {
        using var index = new KnowledgeIndex();

        Assert.Empty(index.Search("refund"));
    }

    [Fact]
    public void Takes_mixed_scripts()
    {
        using var index = Articles.Index(
            Articles.New("ja", "返品について", "返品は45日以内です。"), Articles.New("ru", "Возврат", "Возврат товара."));

        Assert.Equal("ja", index.Search("返品")[0].ArticleId);
        Assert.Equal("ru", index.Search("возврат")[0].ArticleId);
    }
}
