using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Tests.Triage.Intents.Pooling;

public sealed class IntentPoolTests
{
    // One axis of meaning an intent, by words of which the examples know only some.
    private static readonly string[][] Meanings =
    [
        ["order", "parcel", "package", "delivery", "tracking", "whereabouts"],
        ["refund", "money", "reimburse"],
        ["password", "login", "log in", "locked", "passphrase"],
        ["cancel", "stop", "annul"],
    ];

    private static readonly IntentModel Pool = Train();

    [Fact]
    public void Understands_a_word_that_no_example_has()
    {
        const string Text = "could you annul it";

        Assert.NotEqual("cancel_order", IntentExamples.Model.Predict("annul").Intent);
        Assert.Equal("cancel_order", Pool.Predict(Text, Meaning(Text)).Intent);
        Assert.Equal("password_reset", Pool.Predict("passphrase", Meaning("passphrase")).Intent);
    }

    [Fact]
    public void Decides_by_words_alone_where_there_is_no_vector()
    {
        foreach (var text in (string[])["where is my parcel", "annul", "…", ""])
        {
            var (alone, without) = (IntentExamples.Model.Predict(text), Pool.Predict(text));

            Assert.Equal(
                (alone.Intent, alone.Confidence, alone.OutOfScope),
                (without.Intent, without.Confidence, without.OutOfScope));
        }
    }

    [Fact]
    public void Decides_by_words_alone_where_the_vector_is_of_another_encoder() =>
        Assert.Equal(
            IntentExamples.Model.Predict("please refund").Confidence,
            Pool.Predict("please refund", (float[])[1, 0]).Confidence);

    [Fact]
    public void Finds_foreign_what_lies_far_from_every_example()
    {
        const string Text = "order of the planets";

        Assert.True(Pool.Predict(Text, (float[])[0, 0, 0, 0, 1]).OutOfScope > Pool.Predict(
            Text, Meaning("order")).OutOfScope);
    }

    [Fact]
    public void Says_the_same_after_saving_and_loading()
    {
        using var stream = new MemoryStream(IntentExamples.Bytes(Pool));
        var loaded = IntentModel.Load(stream);
        var (one, other) = (Pool.Predict("annul", Meaning("annul")), loaded.Predict("annul", Meaning("annul")));

        Assert.Equal("test", loaded.Encoder);
        Assert.Equal(one.Intent, other.Intent);
        Assert.Equal(one.Confidence, other.Confidence, 3);
    }

    [Fact]
    public void Learns_the_same_on_any_number_of_threads() =>
        Assert.Equal(IntentExamples.Bytes(Pool),
            IntentExamples.Bytes(Train(new IntentModelOptions { Parallelism = 1 })));

    [Fact]
    public void Learns_from_one_example_an_intent()
    {
        var model = IntentModel.Train(IntentExamples.Shots(1), null, Vectors());

        Assert.Equal("refund", model.Predict("reimburse me", Meaning("reimburse me")).Intent);
    }

    [Fact]
    public void Learns_from_what_was_written_for_an_article()
    {
        var lent = new IntentExample("is it possible to undo a purchase", "cancel_order") { IsBorrowed = true };
        var model = IntentModel.Train([.. IntentExamples.All, lent], null, Vectors());

        Assert.NotEqual("cancel_order", Pool.Predict("undo", Meaning("undo")).Intent);
        Assert.Equal("cancel_order", model.Predict("undo", Meaning("undo")).Intent);
    }

    [Fact]
    public void Leaves_what_was_lent_aside_where_there_is_no_encoder()
    {
        IntentExample[] lent =
        [
            new("undo a purchase", "cancel_order") { IsBorrowed = true },
            new("an intent without examples", "other") { IsBorrowed = true },
        ];

        Assert.Equal(
            IntentExamples.Bytes(IntentExamples.Model),
            IntentExamples.Bytes(IntentModel.Train([.. IntentExamples.All, .. lent])));
    }

    [Fact]
    public void Is_damaged_when_cut_short() =>
        Assert.Throws<InvalidDataException>(() => IntentModel.Load(new MemoryStream(IntentExamples.Bytes(Pool)[..^9])));

    private static IntentModel Train(IntentModelOptions? options = null) =>
        IntentModel.Train(IntentExamples.All, options, Vectors());

    private static ExampleVectors Vectors() => new("test", texts => [.. texts.Select(Meaning)]);

    private static float[] Meaning(string text)
    {
        var vector = new float[Meanings.Length + 1];
        for (var axis = 0; axis < Meanings.Length; axis++)
            if (Meanings[axis].Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) vector[axis] = 1;
        if (vector.All(v => v == 0)) vector[^1] = 1;
        var length = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / length)];
    }
}
