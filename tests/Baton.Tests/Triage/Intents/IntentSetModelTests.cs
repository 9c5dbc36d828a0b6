using Baton.Evaluation.Measurements;
using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class IntentSetModelTests
{
    /// <summary>Every pair of the small shop's intents, said in one message.</summary>
    private static readonly MultiLabelledText[] Pairs =
    [
        .. IntentExamples.All.Select(e => new MultiLabelledText(e.Text, [e.Label])),
        .. from one in IntentExamples.Shots(4)
           from other in IntentExamples.Shots(4)
           where string.CompareOrdinal(one.Label, other.Label) < 0
           select new MultiLabelledText($"{one.Text} {other.Text}", [one.Label, other.Label]),
        new("good morning", []),
    ];

    private static readonly IntentSetModel Model = IntentSetModel.Train(Pairs);

    [Fact]
    public void Finds_every_intent_of_a_message() => Assert.Equal(
        ["order_status", "password_reset"],
        Model.Predict("where is my parcel? and I forgot my password").Select(c => c.Intent).Order());

    [Fact]
    public void Finds_one_where_there_is_one() =>
        Assert.Equal("refund", Assert.Single(Model.Predict("please refund it, I want my money back")).Intent);

    [Fact]
    public void Finds_none_where_there_is_none() => Assert.Empty(Model.Predict("quantum chromodynamics"));

    [Fact]
    public void Probabilities_fall_and_stay_between_zero_and_one()
    {
        var found = Model.Predict("cancel my order and refund my money");

        Assert.Equal(found.OrderByDescending(c => c.Probability), found);
        Assert.All(found, c => Assert.InRange(c.Probability, 0, 1));
    }

    [Theory]
    [MemberData(nameof(HostileTextTests.Texts), MemberType = typeof(HostileTextTests))]
    public void Any_text_gets_an_answer(string what, string text) =>
        Assert.All(Model.Predict(text), c => Assert.True(double.IsFinite(c.Probability), what));

    [Fact]
    public void The_same_seed_gives_the_same_answers_on_any_number_of_threads()
    {
        var other = IntentSetModel.Train(Pairs, new IntentModelOptions { Parallelism = 1 });

        Assert.All(Pairs, p => Assert.Equal(Model.Predict(p.Text), other.Predict(p.Text)));
    }

    [Fact]
    public void Training_needs_an_intent() =>
        Assert.Throws<ArgumentException>(() => IntentSetModel.Train([new MultiLabelledText("hello", [])]));

    [Fact]
    public void Measures_every_decision_and_every_intent()
    {
        JudgedSet[] judged = [new(["a", "b"], ["a"]), new(["a"], ["a", "c"])];

        Assert.Equal(2.0 * 2 / (3 + 3), IntentSetMeasurement.MicroF1(judged), 6);
        Assert.Equal((1.0 + 0) / 2, IntentSetMeasurement.MacroF1(judged), 6);
        Assert.Equal(1, IntentSetMeasurement.Measure(Pairs, [Pairs[0]], new IntentModelOptions())["exact_match"]);
    }
}
