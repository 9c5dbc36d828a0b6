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

    [Theory]
    [InlineData("gift card balance", "Balance")]
    [InlineData("gift cards", "Buying")]
    [InlineData("how long is a gift card valid", "Validity")]
    [InlineData("how do I enter the number of a gift card at checkout", "Using one")]
    public void Takes_the_section_that_answers_of_an_article_found_by_its_title(string question, string heading)
    {
        var answer = Ask(question, Articles.New("gift-cards", "Gift cards", """
            ## Buying

            Gift cards come as plastic or by e-mail.

            ## Using one

            1. Enter the number of the gift card at checkout.
            2. Press Apply.

            ## Balance

            The balance of a gift card is under Account.

            ## Validity

            A gift card never expires; cards from before 2020 were valid for 5 years.
            """))!;

        Assert.Equal(heading, answer.Citations[0].Heading);
    }

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
        var filler = string.Concat(
            Enumerable.Range(1, 200).Select(i => $"Boots number {i} need care and wax every month. "));

        Assert.InRange(Ask("how do boots need wax", Articles.New("boots", "Boots", filler))!.Text.Length, 1, 1_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("the of and")]
    public void Makes_no_answer_of_nothing(string question) => Assert.Null(Ask(question));
}
