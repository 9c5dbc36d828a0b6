using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Tests.Triage.Intents.Pooling;

public sealed class PoolWeightsTests
{
    [Fact]
    public void Trusts_the_part_that_was_right_about_texts_it_had_not_seen()
    {
        var weights = PoolWeights.Fit(
            [.. Enumerable.Range(0, 300).Select(i => Judged(i % 3, words: i % 5, head: i % 3))]);

        Assert.True(weights.Head > 2, $"head {weights.Head}");
        Assert.InRange(weights.Words, -0.3, 0.3);
    }

    [Fact]
    public void Is_as_sure_as_the_parts_were_right()
    {
        // Nine of ten are right.
        HeldOutScore[] judged = [.. Enumerable.Range(0, 300).Select(i =>
            Judged(i % 3, words: i % 3, head: i % 10 == 0 ? (i + 1) % 3 : i % 3))];
        judged = [.. judged.Select(j => j with { Scores = j.Reading!.Scores })];
        var scores = (float[])judged[1].Scores.Clone();

        PoolWeights.Fit(judged).ToProbabilities(scores, judged[1].Reading!);

        Assert.InRange(scores[1], 0.87, 0.93);
    }

    [Fact]
    public void Is_unfitted_without_held_out_texts() => Assert.Equal(PoolWeights.Unfitted, PoolWeights.Fit([]));

    [Fact]
    public void Stays_finite_where_everything_was_right()
    {
        var weights = PoolWeights.Fit(
            [.. Enumerable.Range(0, 6).Select(i => Judged(i % 3, words: i % 3, head: i % 3))]);

        Assert.InRange(weights.Words + weights.Head, 0.1, 20);
    }

    private static HeldOutScore Judged(int label, int words, int head) =>
        new(One(words), label, 0, new VectorReading(One(head), [0, 0, 0], 0.5));

    private static float[] One(int which) => [.. Enumerable.Range(0, 3).Select(i => i == which ? 1f : -1f)];
}
