using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class IntentModelTests
{
    [Theory]
    [InlineData("where's my parcel, it was due on Monday", "order_status")]
    [InlineData("I would like a refund for these boots", "refund")]
    [InlineData("forgot the pasword to my acount", "password_reset")]
    [InlineData("CANCEL MY ORDER!!!", "cancel_order")]
    public void Recognises_what_it_was_taught_in_other_words(string text, string intent)
    {
        var prediction = IntentExamples.Model.Predict(text);

        Assert.Equal(intent, prediction.Intent);
        Assert.False(prediction.IsOutOfScope);
    }

    [Theory]
    [InlineData("recipe for zucchini soup")]
    [InlineData("quantum chromodynamics")]
    public void Takes_foreign_texts_for_out_of_scope(string text) =>
        Assert.True(IntentExamples.Model.Predict(text).IsOutOfScope);

    [Fact]
    public void Probabilities_of_all_candidates_sum_to_one_and_fall()
    {
        var prediction = IntentExamples.Model.Predict("refund for the order I want to cancel");

        Assert.Equal(1, prediction.Candidates.Sum(c => c.Probability), 4);
        Assert.Equal(prediction.Candidates.OrderByDescending(c => c.Probability), prediction.Candidates);
        Assert.Equal(prediction.Candidates[0].Probability - prediction.Candidates[1].Probability, prediction.Margin);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_any_number_of_threads()
    {
        var one = IntentModel.Train(IntentExamples.All, new IntentModelOptions { Seed = 3, Parallelism = 1 });
        var many = IntentModel.Train(IntentExamples.All, new IntentModelOptions { Seed = 3, Parallelism = 4 });

        Assert.Equal(IntentExamples.Bytes(one), IntentExamples.Bytes(many));
    }

    [Fact]
    public void Another_seed_gives_another_model() => Assert.NotEqual(
        IntentExamples.Bytes(IntentExamples.Model),
        IntentExamples.Bytes(IntentModel.Train(IntentExamples.All, new IntentModelOptions { Seed = 2 })));

    [Fact]
    public void Comes_back_from_a_stream_with_the_same_predictions()
    {
        var loaded = IntentModel.Load(new MemoryStream(IntentExamples.Bytes(IntentExamples.Model)));

        foreach (var text in (string[])["where is it", "refund!", "", "soup"])
            Assert.Equivalent(IntentExamples.Model.Predict(text), loaded.Predict(text), strict: true);
    }

    [Fact]
    public void Refuses_damaged_files()
    {
        var bytes = IntentExamples.Bytes(IntentExamples.Model);

        Assert.Throws<InvalidDataException>(() => IntentModel.Load(new MemoryStream(bytes[..^9])));
        Assert.Throws<InvalidDataException>(() => IntentModel.Load(new MemoryStream([1, 2, 3, 4, 5, 6, 7, 8])));
        Assert.Throws<InvalidDataException>(() => IntentModel.Load(new MemoryStream()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Learns_from_a_handful_of_examples(int shots)
    {
        var model = IntentModel.Train(IntentExamples.Shots(shots));

        Assert.All(IntentExamples.Shots(shots), e => Assert.Equal(e.Label, model.Predict(e.Text).Intent));
        Assert.Equal("refund", model.Predict("money back please").Intent);
    }

    [Fact]
    public void A_single_intent_is_certain_only_of_what_it_knows()
    {
        var model = IntentModel.Train([.. IntentExamples.All.Where(e => e.Label == "refund")]);

        Assert.Equal("refund", model.Predict("I want a refund").Intent);
        Assert.Equal(1, model.Predict("I want a refund").Margin);
        Assert.True(model.Predict("xylophone zebra").OutOfScope > model.Predict("I want a refund").OutOfScope);
    }

    [Fact]
    public void Training_needs_an_intent() =>
        Assert.Throws<ArgumentException>(
            () => IntentModel.Train([new IntentExample("hello", IntentExample.OutOfScope)]));

    [Fact]
    public void Out_of_scope_examples_make_their_like_foreign_and_are_never_an_intent()
    {
        IntentExample[] strangers =
        [
            .. ((string[])["tell me a joke", "what is the weather", "sing a song", "tell me a story", "play music"])
                .Select(t => new IntentExample(t, IntentExample.OutOfScope)),
        ];
        var model = IntentModel.Train([.. IntentExamples.All, .. strangers]);

        Assert.DoesNotContain(IntentExample.OutOfScope, model.Intents);
        Assert.True(model.Predict("tell me a joke").IsOutOfScope);
        Assert.All(model.Predict("tell me a joke").Candidates,
            c => Assert.NotEqual(IntentExample.OutOfScope, c.Intent));
    }

    [Fact]
    public void Confidence_is_what_held_out_texts_allow()
    {
        // Half of the labels of this intent pair are a coin toss, so nobody can be sure of them.
        var random = new Random(5);
        IntentExample[] noise =
        [
            .. Enumerable.Range(0, 400).Select(i =>
                new IntentExample($"ticket about topic {i % 7} and thing {i % 11}", random.Next(2) == 0 ? "heads"
                    : "tails")),
        ];
        var model = IntentModel.Train(noise);

        Assert.InRange(noise.Average(n => model.Predict(n.Text).Confidence), 0.5, 0.75);
    }
}
