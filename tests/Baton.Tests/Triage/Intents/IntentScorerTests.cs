using System.Numerics.Tensors;
using Baton.Text.Learning;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Features;

namespace Baton.Tests.Triage.Intents;

public sealed class IntentScorerTests
{
    [Theory]
    [InlineData("where is my refund, where is my order?")]
    [InlineData("pasword resett for xylophones 123456")]
    [InlineData("refund refund refund")]
    [InlineData("unheard of gibberish")]
    public void Known_words_read_from_the_table_score_what_their_letters_would(string text)
    {
        var labels = IntentExamples.All.Select(e => e.Label).Distinct().Order().ToList();
        int[] classes = [.. IntentExamples.All.Select(e => labels.IndexOf(e.Label))];
        var scratch = new FeatureScratch();
        var space = FeatureSpace.Fit(
            [.. IntentExamples.All.Select(e => e.Text)], classes, labels.Count, few: true, scratch);
        var vectors = IntentExamples.All.Select(e => space.ToVectors(e.Text, scratch).Linear).ToArray();
        var linear = LinearTrainer.Train(vectors, classes, labels.Count, space.Count);
        var scorer = new IntentScorer(space, linear, network: null);

        var expected = new float[labels.Count];
        linear.Score(space.ToVectors(text, scratch).Linear, expected);
        TensorPrimitives.Subtract(expected, TensorPrimitives.Average<float>(expected), expected);

        var scores = scorer.Score(text, scratch).ToArray();
        Assert.All(expected.Index(), e => Assert.Equal(e.Item, scores[e.Index], 1e-4f));
    }

    [Fact]
    public void The_name_of_an_intent_is_an_example_when_there_are_few()
    {
        var model = IntentModel.Train(
            [new("where is it", "parcel_tracking"), new("money back", "refund"), new("let me in", "account_login")]);

        Assert.Equal("parcel_tracking", model.Predict("tracking my parcel").Intent);
        Assert.Equal("account_login", model.Predict("account login").Intent);
    }
}
