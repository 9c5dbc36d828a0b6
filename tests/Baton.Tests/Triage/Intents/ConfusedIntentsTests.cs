using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class ConfusedIntentsTests
{
    private static readonly string[] Names = ["invoice", "oos", "refund", "return"];

    [Fact]
    public void Names_two_intents_that_are_taken_for_each_other_whichever_way()
    {
        var pair = Assert.Single(Of((3, 2, 2), (2, 3, 1), (2, 2, 9), (3, 3, 8), (0, 0, 20)));

        Assert.Equal(new ConfusedIntents("refund", "return", 3, 20), pair);
        Assert.Equal(0.15, pair.Share, 6);
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(3, 60)]
    public void Leaves_out_few_mistakes_and_small_shares(int mistakes, int right) =>
        Assert.Empty(Of((3, 2, mistakes), (3, 3, right)));

    [Fact]
    public void Leaves_out_what_is_no_intent() => Assert.Empty(Of((2, 1, 9), (2, 2, 9)));

    [Fact]
    public void Puts_the_most_confused_first()
    {
        var pairs = Of((3, 2, 3), (0, 3, 8), (0, 0, 5), (2, 2, 9), (3, 3, 9));

        Assert.Equal(["invoice", "refund"], pairs.Select(p => p.One));
    }

    [Fact]
    public void Comes_back_from_a_stream_with_the_model()
    {
        IntentExample[] mixed =
        [
            .. Enumerable.Range(0, 12)
                .Select(i => new IntentExample($"send it back number {i}", i % 2 == 0 ? "a" : "b")),
            .. IntentExamples.All,
        ];
        var model = IntentModel.Train(mixed);

        Assert.Contains(model.ConfusedIntents, p => (p.One, p.Other) == ("a", "b"));
        Assert.Equal(
            model.ConfusedIntents,
            IntentModel.Load(new MemoryStream(IntentExamples.Bytes(model))).ConfusedIntents);
    }

    /// <summary>So many held-out examples of one class for which another was said.</summary>
    private static IReadOnlyList<ConfusedIntents> Of(params (int Label, int Said, int Count)[] judged) =>
        ConfusedIntents.Of(
            [
                .. judged.SelectMany(j => Enumerable.Repeat(new HeldOutScore(
                    [.. Enumerable.Range(0, Names.Length).Select(c => c == j.Said ? 1f : 0f)], j.Label, 0), j.Count)),
            ],
            Names, held => held.Scores);
}
