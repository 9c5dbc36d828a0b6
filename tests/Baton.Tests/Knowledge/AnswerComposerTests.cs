using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

public sealed class AnswerComposerTests
{
    private static LocalAnswer? Ask(string question, params Article[] more)
    {
        using var index = Articles.Index(more);
        return new AnswerComposer(index).Compose(question, index.Search(question));
    }

    [Fact]
    public void Answers_with_the_sentence_that_says_it()
    {
        var answer = Ask("How long is the link for a forgotten password valid?")!;

        Assert.Contains("valid for 30 minutes", answer.Text);
        Assert.Equal("account", answer.Citations[0].ArticleId);
    }

    [Fact]
    public void Gives_all_steps_of_a_list()
    {
        var answer = Ask("how to start a return")!;

        Assert.Contains("1. Open My orders and choose Return item.", answer.Text);
        Assert.Contains("3. Drop the parcel", answer.Text);
    }

    [Fact]
    public void Reads_a_table_row_with_its_header()
    {
        var answer = Ask("express to Sweden")!;

        Assert.Contains("Country: Sweden, Days: 2, Price: $16", answer.Text);
        Assert.DoesNotContain("---", answer.Text);
        Assert.DoesNotContain("|", answer.Text);
    }

    [Theory]
    [InlineData("how to start a return")]
    [InlineData("restocking fee for an opened tent")]
    [InlineData("express to Norway")]
    [InlineData("are burns covered by the warranty")]
    public void Quotes_what_stands_in_the_article(string question)
    {
        using var index = Articles.Index();
        var answer = new AnswerComposer(index).Compose(question, index.Search(question))!;

        Assert.NotEmpty(answer.Citations);
        Assert.All(answer.Citations, c => Assert.Contains(c.Quote, index.Find(c.ArticleId)!.Body));
    }

    [Theory]
    [InlineData("broken zips repaired", true)]
    [InlineData("what does shipping cost", true)]
    [InlineData("Which airline flies to Lisbon on Mondays?", false)]
    [InlineData("Who was the first president of France?", false)]
    public void Says_when_the_articles_do_not_answer(string question, bool expected) =>
        Assert.Equal(expected, Ask(question)?.InArticles ?? false);

    [Fact]
    public void Takes_the_sentence_along_that_a_pronoun_means()
    {
        var answer = Ask("kayak carbon", Articles.New("kayak", "Boats",
            "The canoe is made of wood. The Fjord is our touring boat, sold since spring. " +
            "It is a kayak of carbon. Paddles are sold apart. Vests come in red. Bags come in blue."))!;

        Assert.Contains("The Fjord is our touring boat", answer.Text);
        Assert.DoesNotContain("Vests", answer.Text);
    }

    [Fact]
    public void Keeps_answers_short()
    {
        var filler = string.Concat(Enumerable.Range(1, 200).Select(i => $"Boots number {i} need care and wax every month. "));

        Assert.InRange(Ask("how do boots need wax", Articles.New("boots", "Boots", filler))!.Text.Length, 1, 1_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("the of and")]
    public void Makes_no_answer_of_nothing(string question) => Assert.Null(Ask(question));
}
