using Baton.Evaluation.Measurements;

namespace Baton.Tests.Evaluation;

public sealed class ToneMeasurementTests
{
    private static readonly SentimentExample[] Plain =
    [
        new("I hate this, worst service ever", -1), new("my order never arrived", -1),
        new("thank you so much, great help", 1),
        new("I love it, works perfectly", 1), new("what are your opening hours?", 0),
        new("the order number is 4711", 0),
    ];

    [Fact]
    public void Plain_texts_are_all_read_right()
    {
        var figures = ToneMeasurement.Sentiment(Plain, train: null, seed: 1);

        Assert.Equal(1, figures["accuracy"]);
        Assert.Equal(1, figures["macro_f1"]);
    }

    [Fact]
    public void Wrong_labels_lower_the_figures()
    {
        var turned = Plain.Select(p => p with { Polarity = -p.Polarity }).ToList();

        Assert.True(ToneMeasurement.Sentiment(turned, train: null, seed: 1)["macro_f1"] < 0.5);
    }

    [Fact]
    public void Training_learns_what_the_word_lists_cannot_know()
    {
        // Made-up words: only training can tell what they mean.
        var train = Enumerable.Range(0, 40).Select(i => (i % 3) switch
        {
            0 => new SentimentExample($"the zorbl is grumfy {i}", -1),
            1 => new SentimentExample($"the zorbl is plavent {i}", 1),
            _ => new SentimentExample($"the zorbl is tentular {i}", 0),
        }).ToList();
        SentimentExample[] test = [new("zorbl grumfy", -1), new("zorbl plavent", 1), new("zorbl tentular", 0)];

        Assert.Equal(1, ToneMeasurement.Sentiment(test, train, seed: 1)["accuracy"]);
        Assert.True(ToneMeasurement.Sentiment(test, train: null, seed: 1)["accuracy"] < 1);
    }

    [Fact]
    public void Ratings_in_the_order_of_the_scores_correlate_fully()
    {
        RatedExample[] rated =
        [
            new("worst company ever, I hate you, absolutely disgusting!!!", 1), new("my parcel is late", 3),
            new("what does it weigh?", 5), new("thanks, great, I love it", 9),
        ];

        var figures = ToneMeasurement.Ratings(rated, urgency: false, seed: 1, dissatisfiedBelow: 4);

        Assert.Equal(1, figures["rank_correlation"], 6);
        Assert.Equal(1, figures["dissatisfied_auroc"], 6);
        Assert.Equal(1, figures["dissatisfied_f1"], 6);
    }

    [Fact]
    public void Urgency_ratings_are_compared_with_urgency()
    {
        RatedExample[] rated =
            [new("what are your opening hours?", 1), new("the tent is broken", 2), new("our site is down", 3)];

        Assert.Equal(1, ToneMeasurement.Ratings(rated, urgency: true, seed: 1)["rank_correlation"], 6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_intervals() =>
        Assert.Equal(
            ToneMeasurement.Sentiment(Plain, train: null, seed: 3).ToJson().ToJsonString(),
            ToneMeasurement.Sentiment(Plain, train: null, seed: 3).ToJson().ToJsonString());
}
