using Baton.Evaluation.Answers;
using Baton.Playbooks;

namespace Baton.Tests.Evaluation.Answers;

public sealed class AcceptanceFitTests
{
    /// <summary>Letters whose first signal tells right from wrong but for some near the border.</summary>
    private static List<AcceptanceRow> Rows(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var signals = Enumerable.Range(0, AnswerWeights.Signals).Select(_ => random.NextDouble() - 0.5).ToArray();
            signals[0] = i / (double)count * 8 - 4;
            return new AcceptanceRow(signals, signals[0] + random.NextDouble() - 0.5 > 0, IsTraffic: true);
        })];
    }

    [Fact]
    public void The_same_tickets_give_the_same_weights()
    {
        var (one, scores) = AcceptanceFit.Of(Rows(200));
        var (again, _) = AcceptanceFit.Of(Rows(200));

        Assert.Equal(one.ToYaml(), again.ToYaml());
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void The_95_percent_point_is_the_lowest_probability_from_which_so_many_were_right()
    {
        var rows = Rows(200);

        var (weights, scores) = AcceptanceFit.Of(rows);

        Assert.True(AcceptanceFit.From(weights.Point95 - 0.0001, rows, scores).Share >= 0.95);
        Assert.True(AcceptanceFit.From(0.2, rows, scores).Share < 0.95);
    }

    [Fact]
    public void Letters_that_are_never_right_give_no_point_to_answer_from() =>
        Assert.Equal(1, AcceptanceFit.Of([.. Rows(160).Select(r => r with { Right = false })]).Weights.Point95);
}
