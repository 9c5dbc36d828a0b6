using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

public sealed class KnowledgeIndexTests
{
    [Theory]
    [InlineData("how do i send something back", "returns")]
    [InlineData("what does express delivery to Sweden cost?", "shipping")]
    [InlineData("the zipper of my jacket is broken", "warranty")]
    [InlineData("forgot my password", "account")]
    public void Finds_the_article_that_answers(string question, string article)
    {
        using var index = Articles.Index();

        Assert.Equal(article, index.Search(question)[0].ArticleId);
    }

    [Theory]
    [InlineData("warrenty", "warranty")]
    [InlineData("pasword", "account")]
    [InlineData("shiping costs", "shipping")]
    [InlineData("refnud", "returns")]
    public void Forgives_typing_errors(string question, string article)
    {
        using var index = Articles.Index();

        Assert.Equal(article, index.Search(question)[0].ArticleId);
    }

    [Fact]
    public void Does_not_correct_what_is_too_far_away()
    {
        using var index = Articles.Index();

        Assert.Empty(index.Search("xylophone"));
    }

    [Fact]
    public void Uses_the_synonyms_of_the_playbook_both_ways_and_for_phrases()
    {
        using var index = new KnowledgeIndex(synonyms: new Dictionary<string, IReadOnlyList<string>>
        {
            ["refund"] = ["reimbursement", "money back"],
        });
        index.AddRange([Articles.Returns, Articles.Shipping, Articles.New("promo", "Money back promise", "Text.")]);

        Assert.Contains(index.Search("reimbursement?"), p => p.ArticleId == "returns");
        Assert.Contains(index.Search("money back"), p => p.ArticleId == "returns");
        Assert.Contains(index.Search("refunds"), p => p.ArticleId == "promo");
    }

    [Fact]
    public void Replaces_an_article_in_place()
    {
        using var index = Articles.Index();

        index.Replace(Articles.Account with { Body = "Sign in with a passkey." });

        Assert.DoesNotContain(index.Search("forgot the link"), p => p.ArticleId == "account");
        Assert.Equal("account", index.Search("passkey")[0].ArticleId);
        Assert.Equal(4, index.ArticleCount);
    }

    [Fact]
    public void Forgets_a_removed_article()
    {
        using var index = Articles.Index();

        Assert.True(index.Remove("warranty"));
        Assert.False(index.Remove("warranty"));
        Assert.DoesNotContain(index.Search("broken zip warranty"), p => p.ArticleId == "warranty");
        Assert.Null(index.Find("warranty"));
    }

    [Fact]
    public void Refuses_a_second_article_with_the_same_id_and_changes_nothing()
    {
        using var index = Articles.Index();

        Assert.Throws<ArgumentException>(() => index.AddRange([Articles.New("new", "New", "x"), Articles.Returns]));
        Assert.Equal(4, index.ArticleCount);
        Assert.Null(index.Find("new"));
    }

    [Fact]
    public void Ranks_the_same_after_many_changes_as_when_built_afresh()
    {
        using var changed = Articles.Index();
        for (var i = 0; i < 300; i++)
            changed.Add(Articles.New($"n{i}", $"Note {i}", $"Refund note number {i} about parcels."));
        for (var i = 0; i < 300; i++) changed.Remove($"n{i}");
        using var fresh = Articles.Index();

        var expected = fresh.Search("refund of an opened tent");
        var found = changed.Search("refund of an opened tent");

        Assert.Equal(expected.Select(p => (p.ArticleId, p.Start)), found.Select(p => (p.ArticleId, p.Start)));
        for (var i = 0; i < found.Count; i++) Assert.Equal(expected[i].Score, found[i].Score, 0.05);
    }

    [Fact]
    public void Filters_by_language_and_tags()
    {
        using var index = Articles.Index(
            Articles.New("de", "Rückgabe", "Refund auf Deutsch.", "de", "retoure"),
            Articles.New("en", "Refund in English", "Refund.", "en-GB", "returns", "money"));

        var german = index.Search("refund", new SearchOptions { Language = "de" }).Select(p => p.ArticleId).ToList();
        var tagged = index.Search("refund", new SearchOptions { Tags = ["Money"] }).Select(p => p.ArticleId).ToList();

        Assert.Contains("de", german);
        Assert.Contains("returns", german); // in no language: holds for all
        Assert.DoesNotContain("en", german);
        Assert.Equal(["en"], tagged);
    }

    [Fact]
    public void Returns_passages_as_they_stand_in_the_article()
    {
        using var index = Articles.Index();

        Assert.All(index.Search("refund return parcel shipping days warranty"), passage =>
        {
            var body = index.Find(passage.ArticleId)!.Body;
            Assert.Equal(body.Substring(passage.Start, passage.Length), passage.Text);
        });
    }

    [Fact]
    public void Limits_passages_per_article()
    {
        using var index = Articles.Index();

        var found = index.Search("return refund parcel item", new SearchOptions { PerArticle = 1 });

        Assert.Equal(found.Count, found.DistinctBy(p => p.ArticleId).Count());
    }

    [Fact]
    public async Task Searches_while_articles_change()
    {
        using var index = Articles.Index();
        var changes = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                index.Replace(Articles.New($"n{i % 20}", $"Note {i}", $"Note about refund {i}, tents and zips."));
                if (i % 3 == 0) index.Remove($"n{i % 20}");
            }
        }, TestContext.Current.CancellationToken);
        while (!changes.IsCompleted) Assert.NotEmpty(index.Search("password"));
        await changes;

        Assert.Equal("account", index.Search("forgot password")[0].ArticleId);
    }

    [Fact]
    public void Finds_only_in_the_articles_that_are_named()
    {
        using var index = new KnowledgeIndex();
        index.AddRange([Articles.New("a", "Tents", "A tent keeps you dry."),
            Articles.New("b", "More tents", "Another tent.")]);

        Assert.All(index.Search("tent", new SearchOptions { Articles = ["b"] }), p => Assert.Equal("b", p.ArticleId));
        Assert.NotEmpty(index.Search("tent", new SearchOptions { Articles = ["b"] }));
    }
}
