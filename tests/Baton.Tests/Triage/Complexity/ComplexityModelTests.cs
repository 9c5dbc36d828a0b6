using Baton.Triage.Complexity;

namespace Baton.Tests.Triage.Complexity;

public sealed class ComplexityModelTests
{
    [Theory]
    [InlineData("What is your return policy?", false)]
    [InlineData("What does your privacy policy say?", true)]
    [InlineData("Is there a data protection contract?", true)]
    public void A_shops_own_policies_are_no_legal_matter(string text, bool legal) =>
        Assert.Equal(legal, ComplexityModel.Default.Score(text).Reasons.Contains("legal or tax matters"));

    [Theory]
    [InlineData("Thanks!", 1, 1)]
    [InlineData("ok", 1, 1)]
    [InlineData("What are your opening hours?", 1, 2)]
    [InlineData("How do I return a pair of shoes?", 1, 3)]
    [InlineData("I was charged twice for order 4711.", 2, 4)]
    [InlineData("Where is my order? It was due yesterday.", 2, 4)]
    [InlineData("My refund has not arrived. Also, can you change my delivery address "
        + "and tell me how to cancel my membership?", 4, 8)]
    [InlineData("I returned two of the four items from order 88123 and 88124, but the refund for the first was sent to "
        + "my old card and the second shows as paid in your app while my bank says it was rejected. If you can't "
        + "refund the old card, please issue store credit, unless the loyalty points from the order would be lost. I "
        + "already spoke with two agents last week and was told someone would call. Can you also update the address on my "
        + "account and resend invoice 99231?", 8, 10)]
    [InlineData("Since the migration our webhook returns error code 500, orders paid in Stripe do not show up in the "
        + "dashboard and the shipping labels are not created. Logs attached. Do we need to change the API token, or "
        + "roll back?", 6, 10)]
    public void Scores_what_it_takes_to_settle_a_message(string text, int atLeast, int atMost)
    {
        var reading = ComplexityModel.Default.Score(text);

        Assert.True(reading.Score >= atLeast && reading.Score <= atMost,
            $"{reading.Score} is not {atLeast}–{atMost}: {string.Join("; ", reading.Reasons)}");
    }

    [Theory]
    [InlineData("I was charged twice for my order.")]
    [InlineData("Where is my parcel? I paid for express shipping.")]
    [InlineData("I can't log in to my account.")]
    [InlineData("Please refund my order, the parcel arrived damaged.")]
    [InlineData("How do I change my password and my delivery address?")]
    public void One_matter_in_one_system_is_not_cross_system(string text) =>
        Assert.False(ComplexityModel.Default.Score(text).CrossSystem);

    [Theory]
    [InlineData("My bank says the payment was rejected but your app shows the parcel as shipped, "
        + "the two do not match.")]
    [InlineData("I can't log in since yesterday. The refund for my last order was also never credited.")]
    [InlineData("Orders paid in Stripe do not sync with the warehouse, so nothing is shipped "
        + "and the invoices are wrong.")]
    [InlineData("The subscription was cancelled in the portal but I am still charged, "
        + "and the confirmation mail has the wrong plan.")]
    public void A_matter_over_several_systems_is(string text)
    {
        var reading = ComplexityModel.Default.Score(text);

        Assert.True(reading.CrossSystem, string.Join("; ", reading.Reasons));
    }

    [Fact]
    public void What_is_known_besides_the_text_counts()
    {
        const string Text = "The invoice is wrong, see the attached files.";

        var alone = ComplexityModel.Default.Score(Text);
        var known = ComplexityModel.Default.Score(
            Text, new ComplexityHints { Attachments = 3, EarlierTurns = 5, Intents = 3 });

        Assert.True(known.Score >= alone.Score + 2);
    }

    [Fact]
    public void Every_point_has_a_reason()
    {
        var reading = ComplexityModel.Default.Score(
            "Where is parcel 12345 and why was my card declined? Also, how do I log in?");

        Assert.True(reading.Score > 2);
        Assert.NotEmpty(reading.Reasons);
    }

    [Fact]
    public void Quoted_text_does_not_make_a_reply_complex()
    {
        const string Quoted =
            "\n> Can you check the API, the webhook, the refund and the shipping? Why? When? How? And invoice 123456?";

        Assert.Equal(ComplexityModel.Default.Score("Yes please.").Score,
            ComplexityModel.Default.Score("Yes please." + Quoted).Score);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200b")]
    [InlineData("???????")]
    public void Any_input_is_answered(string text) => Assert.InRange(ComplexityModel.Default.Score(text).Score, 1, 10);
}
