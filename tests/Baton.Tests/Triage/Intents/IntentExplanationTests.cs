namespace Baton.Tests.Triage.Intents;

public sealed class IntentExplanationTests
{
    [Theory]
    [InlineData("hello there, I need a refund today", "refund")]
    [InlineData("my password is gone since Friday", "password")]
    public void Points_at_the_word_that_carried_the_prediction(string text, string carrying)
    {
        var words = IntentExamples.Model.Explain(text);

        Assert.Equal(carrying, words.MaxBy(w => w.Contribution)!.Word);
        Assert.All(words, w => Assert.Equal(w.Word, text.Substring(w.Start, w.Length)));
    }

    [Fact]
    public void Finds_every_intent_of_a_message_with_several()
    {
        const string Message =
            "I forgot my password. Also, where is my order? And please cancel the second order I placed.";

        var parts = IntentExamples.Model.PredictMany(Message);

        Assert.Equal(["password_reset", "order_status", "cancel_order"], parts.Select(p => p.Prediction.Intent));
        Assert.Contains("password", Message.Substring(parts[0].Start, parts[0].Length));
    }

    [Fact]
    public void A_message_with_one_intent_has_one_part() =>
        Assert.Equal("refund",
            Assert.Single(IntentExamples.Model.PredictMany("please refund my card")).Prediction.Intent);
}
